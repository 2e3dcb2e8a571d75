import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '../workers/workflow-code';

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
    const { code } = await bundleWorkflows(new DefaultLogger('ERROR'), PATHS[side]);
    await writeFile(files[side], code);
  }
  return files;
}
