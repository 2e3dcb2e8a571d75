import { readFileSync } from 'node:fs';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows, workflowCode } from '../../workers/workflow-code';

/** The SDK's own runtime is most of it; a library that slips in (pino: 1.6 MB) would show here. */
const LIMIT_BYTES = 3_000_000;

const bundled = bundleWorkflows(new DefaultLogger('ERROR'));

test('the workflow bundle stays small and holds no library of the outside world', async () => {
  const { code } = await bundled;
  expect(code.length).toBeLessThan(LIMIT_BYTES);
  for (const library of ['pino', 'nodemailer', 'zod', 'undici', 'drizzle-orm', '@opentelemetry']) {
    expect(code).not.toContain(`node_modules/${library}/`);
  }
});

test('its modules are loaded once for a thread, not once for each order', async () => {
  const { code } = await bundled;
  const [, preloaded] = /exports\.preloadModules = function preloadModules\(\) \{\n(.*)\n/.exec(code)!;
  expect(preloaded).toContain('./workflows/index.ts');
});

test('what workers of a checkout run, though kept, is what its sources say', async () => {
  const { code } = await bundled;
  const run = await workflowCode(new DefaultLogger('ERROR'));
  expect('codePath' in run ? readFileSync(run.codePath, 'utf8') : run.code).toBe(code);
});
