import { workflowInfo } from '@temporalio/workflow';
import type { WorkflowDefinitionOptions } from '@temporalio/common';

/**
 * For workflows that are over within a day: they end in the build that they began with, so that their code needs no
 * `patched` (docs/releases.md). Nothing of it for a worker that is of no build: the server takes no answer from one
 * that says it is pinned.
 */
export function pinned(): WorkflowDefinitionOptions {
  // A worker of no build has the hash of its code as a build, in no deployment.
  return workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'PINNED' } : {};
}
