import type { WorkerDeploymentVersion } from '@temporalio/common';
import { StewardError } from '../domain/errors';
import type { Environment } from './keys';

/** The deployment that all workers of one Steward are versions of, unless `STEWARD_DEPLOYMENT_NAME` says another. */
const DEPLOYMENT_NAME = 'steward';

/** Temporal joins the two with a point or a colon, so that a name has neither. */
const NAME = /^[\w-]{1,60}$/;
const BUILD_ID = /^[\w.+-]{1,100}$/;

/** `STEWARD_DEPLOYMENT_NAME`, default `steward`. Throws `CONFIG_INVALID`. */
export function deploymentName(env: Environment): string {
  const name = env['STEWARD_DEPLOYMENT_NAME'] || DEPLOYMENT_NAME;
  if (!NAME.test(name))
    throw invalid('STEWARD_DEPLOYMENT_NAME', name, 'letters, digits, _ and -, at most 60');
  return name;
}

/**
 * Which build a worker is (`STEWARD_BUILD_ID`), for Worker Deployment Versioning: it gets orders only when this
 * build is made the current one. Undefined without it: such a worker takes whatever no build takes.
 *
 * @throws `CONFIG_INVALID`, also for a deployment's name without a build: nobody wants half of it
 */
export function deploymentVersion(env: Environment): WorkerDeploymentVersion | undefined {
  const name = deploymentName(env);
  const buildId = env['STEWARD_BUILD_ID'];
  if (!buildId) {
    if (!env['STEWARD_DEPLOYMENT_NAME']) return undefined;
    const reason =
      'missing; STEWARD_DEPLOYMENT_NAME is set, so it has to tell which build of it this worker is';
    throw new StewardError('CONFIG_INVALID', { setting: 'STEWARD_BUILD_ID', reason });
  }
  if (!BUILD_ID.test(buildId))
    throw invalid('STEWARD_BUILD_ID', buildId, 'letters, digits and . _ + -, at most 100');
  return { deploymentName: name, buildId };
}

function invalid(setting: string, value: string, allowed: string): StewardError {
  return new StewardError('CONFIG_INVALID', { setting, reason: `"${value}" is not made of ${allowed}` });
}
