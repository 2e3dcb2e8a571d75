import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Problem } from '../../domain/answers';
import { startRig, type Rig } from './rig';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => rig.close());

it.each([
  ['no HTTP', 400, 'hello\r\n\r\n'],
  ['too many headers', 431, `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
])('%s is answered with a problem, and the connection ends', async (_name, status, sent) => {
  const socket = connect((rig.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(sent);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('content-type: application/problem+json');
  expect(JSON.parse(body) as Problem).toMatchObject({ status, code: 'INVALID_REQUEST', instance: '/' });
});
