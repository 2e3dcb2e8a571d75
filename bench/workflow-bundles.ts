import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { WORKFLOW_INTERCEPTORS } from '../workers/workflow-code';

/** Whose workflow the worker runs: Steward's, or the bare one. */
export const SIDES = ['steward', 'bare'] as const;
export type Side = (typeof SIDES)[number];

const PATHS: Record<Side, string> = {
  steward: require.resolve('../workflows'),
  bare: require.resolve('./bare'),
};

/** Bundles the workflow code of both sides into files, once: starts and restarts then take as long as a release's. */
export async function bundleSides(folder: string): Promise<Record<Side, string>> {
  const files = { steward: join(folder, 'steward.js'), bare: join(folder, 'bare.js') };
  for (const side of SIDES) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: PATHS[side],
      workflowInterceptorModules: WORKFLOW_INTERCEPTORS,
      preloadModules: [PATHS[side]],
      failureConverterPath: require.resolve('../workflows/failure-converter'),
      logger: new DefaultLogger('ERROR'),
    });
    await writeFile(files[side], code);
  }
  return files;
}
