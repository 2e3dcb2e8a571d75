import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { createOrderWorker } from '../../workers/run';
import { activitiesOf } from '../../workers/runtime';
import { TEST_CODEC_KEYS } from '../support/keys';
import type { LiveRig } from '../support/live-rig';
import { runWorker } from '../support/run-worker';
import type { ProductionCopy } from './production-copy';

/** The code of a bundle whose workflows are those of a file. */
export async function bundleOf(workflowsPath: string): Promise<string> {
  const failureConverterPath = require.resolve('../../workflows/failure-converter');
  const logger = new DefaultLogger('ERROR');
  return (await bundleWorkflowCode({ workflowsPath, failureConverterPath, logger })).code;
}

/** Starts a worker that is this build of `steward`, beside those that run; gives what stops it. */
export async function startBuild(rig: LiveRig, buildId: string, code: string): Promise<() => Promise<void>> {
  return runWorker(rig.runtime, (common) =>
    createOrderWorker(
      {
        ...common,
        profile: 'local',
        workflowBundle: { code },
        activities: activitiesOf(rig.runtime),
        deployment: { deploymentName: 'steward', buildId },
      },
      { shutdownGraceTime: 0 },
    ),
  );
}

/** How `steward replay` of a build ended. */
export interface Gate {
  exitCode: number | null;
  result: { replayed: number; failures: { workflowId: string; runId: string; error: string }[] } | null;
  stderr: string;
}

/** `steward replay` of a build with this bundle, over live histories. The workers of this process go on meanwhile. */
export function gate(
  built: ProductionCopy,
  rig: LiveRig,
  code: string,
  args: readonly string[],
): Promise<Gate> {
  writeFileSync(join(built.folder, 'workflow-bundle.js'), code);
  const program = ['--preserve-symlinks', 'bin/steward.cjs', 'replay', '--json', ...args];
  const env = {
    PATH: process.env['PATH'],
    NODE_OPTIONS: '--preserve-symlinks',
    STEWARD_CODEC_KEYS: TEST_CODEC_KEYS,
    ...temporalOf(rig),
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      program,
      { cwd: built.folder, env },
      (_error, stdout, stderr) => {
        const result = stdout ? (JSON.parse(stdout) as Gate['result']) : null;
        resolve({ exitCode: child.exitCode, result, stderr });
      },
    );
  });
}

/** The settings with which a command finds the server of a rig. */
export function temporalOf(rig: LiveRig): Record<string, string> {
  const { connection, namespace } = rig.runtime.settings.temporal;
  return { TEMPORAL_ADDRESS: connection.address!, TEMPORAL_NAMESPACE: namespace };
}
