import { connectClient } from '../../workers/connection';
import { startDevServer } from '../../workers/servers';

test('a connection closes in an outage: a call that would be repeated fails, and nothing throws later', async () => {
  const server = await startDevServer({ namespace: 'closing' });
  const closable = await connectClient({ address: server.address });
  await server.stop();
  const calls = [1, 2, 3].map(() => closable.connection.workflowService.getSystemInfo({}));
  const failed = Promise.allSettled(calls);
  await closable.close();
  for (const { status } of await failed) expect(status).toBe('rejected');
});
