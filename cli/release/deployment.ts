import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { StewardError } from '../../domain/errors';
import { iso } from '../../domain/time';
import { grpcError } from '../../workers/grpc-error';
import type { Environment } from '../../workers/keys';
import { deploymentName as nameOf } from '../../workers/release-settings';
import { withTemporal } from '../temporal';

/** gRPC's status code. */
const NOT_FOUND = 5;

const { WorkerDeploymentVersionStatus } = temporal.api.enums.v1;

type WorkflowService = Client['workflowService'];

/** What all changes of a deployment say. */
type DeploymentRequest = Record<'namespace' | 'deploymentName' | 'identity', string>;

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
  const name = nameOf(env);
  return withTemporal(env, async ({ workflowService, options: { namespace } }) => {
    const request = { namespace, deploymentName: name };
    const described = await workflowService.describeWorkerDeployment(request).catch((error: unknown) => {
      if (grpcError(error)?.code !== NOT_FOUND) throw error;
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

/** Makes a build the one that takes all orders, new and open ones. Rejects as `ramp`. */
export async function setCurrent(env: Environment, buildId: string): Promise<Releases> {
  await change(env, buildId, (service, deployment) =>
    service.setWorkerDeploymentCurrentVersion({ ...deployment, buildId }),
  );
  return releases(env);
}

/**
 * Gives a build so many percent of the orders; an order stays with the build that it fell to while the share grows. With
 * 0 no build is tried any more. Rejects as `withTemporal`, and with `INVALID_REQUEST` for a build that no worker has
 * run, or for 0 when another one is tried.
 */
export async function ramp(env: Environment, buildId: string, percentage: number): Promise<Releases> {
  if (percentage === 0) return endRamp(env, buildId);
  await change(env, buildId, (service, deployment) =>
    service.setWorkerDeploymentRampingVersion({ ...deployment, buildId, percentage }),
  );
  return releases(env);
}

async function endRamp(env: Environment, buildId: string): Promise<Releases> {
  const before = await releases(env);
  const { ramping } = before;
  if (!ramping) return before;
  if (ramping.buildId !== buildId) {
    const problems = `not ${buildId}, but ${ramping.buildId} is tried, and takes ${ramping.percent} %`;
    throw new StewardError('INVALID_REQUEST', { problems });
  }
  // Temporal keeps a build with 0 % as the one that is tried, until none is named.
  await change(env, buildId, (service, deployment) =>
    service.setWorkerDeploymentRampingVersion({ ...deployment, buildId: '', percentage: 0 }),
  );
  return releases(env);
}

/** Asks Temporal to change which build takes orders. */
async function change(
  env: Environment,
  buildId: string,
  ask: (service: WorkflowService, deployment: DeploymentRequest) => Promise<unknown>,
): Promise<void> {
  const deploymentName = nameOf(env);
  try {
    await withTemporal(env, ({ workflowService, options: { namespace } }) =>
      ask(workflowService, { namespace, deploymentName, identity: identity() }),
    );
  } catch (error) {
    if (!(error instanceof StewardError) || error.code !== 'INVALID_REQUEST') throw error;
    const { builds } = await releases(env);
    if (builds.some((seen) => seen.buildId === buildId)) throw error;
    const problems =
      `no worker of build ${buildId} was seen in deployment ${deploymentName}; start one with ` +
      `STEWARD_BUILD_ID=${buildId} and give the command again ("steward release list" shows which were seen)`;
    throw new StewardError('INVALID_REQUEST', { problems }, { cause: error });
  }
}

/** Temporal keeps who changed a deployment last. */
function identity(): string {
  return `steward release@${hostname()}`;
}

function statusName(status: number | null | undefined): string {
  return (WorkerDeploymentVersionStatus[status ?? 0] ?? 'UNSPECIFIED').replace(/^.*_STATUS_/, '');
}
