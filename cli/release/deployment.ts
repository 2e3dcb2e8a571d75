import { hostname } from 'node:os';
import { isGrpcServiceError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { iso } from '../../domain/time';
import type { Environment } from '../../workers/keys';
import { deploymentName } from '../../workers/release-settings';
import { withTemporal } from '../temporal';

/** gRPC's status code. */
const NOT_FOUND = 5;

const { WorkerDeploymentVersionStatus } = temporal.api.enums.v1;

/** A build that workers have run, as Temporal knows it. */
export interface Build {
  buildId: string;
  /** `CURRENT`, `RAMPING`, `DRAINING`, `DRAINED`, or `INACTIVE` before it ever had orders. */
  status: string;
  /** ISO 8601: when a worker of it was first seen. */
  since: string | null;
}

/** What takes orders in a deployment. */
export interface Releases {
  deployment: string;
  /** Null while workers without a build take the orders. */
  current: string | null;
  /** Gets so many percent of the orders; null when none is tried. */
  ramping: { buildId: string; percent: number } | null;
  /** Newest first. */
  builds: Build[];
}

/** Reads which builds there are; none before a worker of one was ever seen. Rejects as `withTemporal`. */
export function releases(env: Environment): Promise<Releases> {
  const name = deploymentName(env);
  return withTemporal(env, async ({ workflowService, options: { namespace } }) => {
    const request = { namespace, deploymentName: name };
    const described = await workflowService.describeWorkerDeployment(request).catch((error: unknown) => {
      const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
      if (code !== NOT_FOUND) throw error;
      return null;
    });
    const info = described?.workerDeploymentInfo;
    const { currentDeploymentVersion: current, ...routing } = info?.routingConfig ?? {};
    const ramping = routing.rampingDeploymentVersion;
    const builds = (info?.versionSummaries ?? []).map(({ deploymentVersion, status, createTime }) => ({
      buildId: deploymentVersion?.buildId ?? '',
      status: statusName(status),
      since: createTime?.seconds ? iso(Number(createTime.seconds) * 1_000) : null,
    }));
    return {
      deployment: name,
      current: current?.buildId || null,
      ramping: ramping?.buildId
        ? { buildId: ramping.buildId, percent: routing.rampingVersionPercentage ?? 0 }
        : null,
      builds: builds.sort((a, b) => (b.since ?? '').localeCompare(a.since ?? '')),
    };
  });
}

/** Makes a build the one that takes all orders, new and open ones. Rejects as `withTemporal`. */
export async function setCurrent(env: Environment, buildId: string): Promise<Releases> {
  const name = deploymentName(env);
  await withTemporal(env, async ({ workflowService, options: { namespace } }) => {
    const request = { namespace, deploymentName: name, buildId, identity: identity() };
    await workflowService.setWorkerDeploymentCurrentVersion(request);
  });
  return releases(env);
}

/**
 * Gives a build so many percent of the orders; an order stays with the build that it fell to while the share grows.
 * Rejects as `withTemporal`.
 */
export async function ramp(env: Environment, buildId: string, percentage: number): Promise<Releases> {
  const name = deploymentName(env);
  await withTemporal(env, async ({ workflowService, options: { namespace } }) => {
    const request = { namespace, deploymentName: name, buildId, percentage, identity: identity() };
    await workflowService.setWorkerDeploymentRampingVersion(request);
  });
  return releases(env);
}

/** Temporal keeps who changed a deployment last. */
function identity(): string {
  return `steward release@${hostname()}`;
}

function statusName(status: number | null | undefined): string {
  return (WorkerDeploymentVersionStatus[status ?? 0] ?? 'UNSPECIFIED').replace(/^.*_STATUS_/, '');
}
