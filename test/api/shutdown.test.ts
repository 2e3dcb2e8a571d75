import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { startRig, tokenOf, type Rig } from './rig';

/** Who holds a connection open must not hold the process. */

let rig: Rig;
let port: number;
const sockets: Socket[] = [];
beforeEach(async () => {
  rig = await startRig();
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = rig.app.server.address() as AddressInfo);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function connected(sent = ''): Promise<Socket> {
  const accepted = once(rig.app.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await Promise.all([once(socket, 'connect'), accepted]);
  if (sent !== '') await new Promise((resolve) => socket.write(sent, resolve));
  return socket;
}

const secondsToClose = async (): Promise<number> => {
  const started = Date.now();
  await rig.close();
  return (Date.now() - started) / 1_000;
};

it.each([
  ['nothing', ''],
  ['half a request', 'GET /healthz HTTP/1.1\r\nhost: x'],
  ['half a body', 'POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
])('a connection that sent %s does not hold up the end', async (_name, sent) => {
  const socket = await connected(sent);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  expect(await secondsToClose()).toBeLessThan(3);
  await closed;
});

it('a request that is running is answered, and its connection ends with it', async () => {
  const asked = new Promise<() => void>((answerNow) => {
    rig.lines.ping = () => new Promise((resolve) => answerNow(resolve));
  });
  const answer = fetch(`http://127.0.0.1:${port}/readyz`);
  const answerNow = await asked;
  const closing = secondsToClose();
  answerNow();
  expect((await answer).status).toBe(200);
  expect(await closing).toBeLessThan(3);
});

it('a connection that is kept for later requests ends at once', async () => {
  const authorization = `Bearer ${await tokenOf('operator')}`;
  const kept = await fetch(`http://127.0.0.1:${port}/v1/orders`, { headers: { authorization } });
  await kept.text();
  expect(await secondsToClose()).toBeLessThan(3);
});
