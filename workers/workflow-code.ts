import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  type Logger,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { contentsOf, keep, keptFile } from './kept-file';

/** Where `npm run build` writes the bundle, seen from `workers/` of the build; a checkout has no such file. */
const BUILT_BUNDLE = join(__dirname, '../workflow-bundle.js');

/** Modules with the interceptors of every workflow, which a bundle has inside. */
const WORKFLOW_INTERCEPTORS = [require.resolve('../workflows/tracing')];

const ROOT = join(__dirname, '..');
/** All that the bundle of a checkout is made of; the walls of `npm run lint` let workflows import nothing else. */
const SOURCES = ['workflows', 'domain', 'workers/workflow-code.ts', 'package-lock.json'];

/** What workers run: the bundle of the build, or in a checkout the sources, bundled anew when they have changed. */
export async function workflowCode(logger: Logger): Promise<WorkflowBundleOption> {
  const codePath = builtBundle() ?? keptFile('workflow-bundle', contentsOf(ROOT, SOURCES));
  if (existsSync(codePath)) return { codePath };
  const bundle = await bundleWorkflows(logger);
  await keep(codePath, bundle.code);
  return bundle;
}

/** The file with the bundle of this build; undefined in a checkout. */
export function builtBundle(): string | undefined {
  return existsSync(BUILT_BUNDLE) ? BUILT_BUNDLE : undefined;
}

/**
 * Bundles workflows with what workers need of them, source map included.
 *
 * @param workflowsPath default: those beside this file
 */
export function bundleWorkflows(
  logger: Logger,
  workflowsPath = require.resolve('../workflows'),
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: WORKFLOW_INTERCEPTORS,
    // Loaded once for a thread and not once for each order: no module keeps state of its own, and the SDK freezes them.
    preloadModules: [workflowsPath],
    failureConverterPath: require.resolve('../workflows/failure-converter'),
    logger,
  });
}
