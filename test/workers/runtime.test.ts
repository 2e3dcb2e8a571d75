import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { openRuntime } from '../../workers/runtime';
import { openTestDatabase, testKeys } from '../support/database';
import { testCodecKeys } from '../support/keys';

/** What a process says when Temporal is not there at its start. */

test('a Temporal that is down is named with its address', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  await once(server, 'close');

  const database = await openTestDatabase();
  const settings = {
    stateFolder: '.',
    databaseUrl: undefined,
    temporal: { connection: { address, connectTimeout: 500 }, namespace: 'default' },
    keys: { master: testKeys, codec: testCodecKeys },
  };
  await expect(openRuntime(settings, database)).rejects.toMatchObject({
    code: 'TEMPORAL_UNAVAILABLE',
    status: 503,
    message: expect.stringMatching(`^Temporal at ${address} cannot be used: .+`) as string,
  });
  await database.close();
});
