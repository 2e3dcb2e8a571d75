import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '../../workers/workflow-code';

/** The SDK's own runtime is most of it; a library that slips in (pino: 1.6 MB) would show here. */
const LIMIT_BYTES = 3_000_000;

test('the workflow bundle stays small and holds no library of the outside world', async () => {
  const { code } = await bundleWorkflows(new DefaultLogger('ERROR'));
  expect(code.length).toBeLessThan(LIMIT_BYTES);
  for (const library of ['pino', 'nodemailer', 'zod', 'undici', 'drizzle-orm', '@opentelemetry']) {
    expect(code).not.toContain(`node_modules/${library}/`);
  }
});
