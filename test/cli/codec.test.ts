import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../workers/servers';
import { TEST_CODEC_KEYS } from '../support/keys';
import { TEST_AUTH, tokenOf } from '../support/parties';
import { BIN, steward } from './steward';

/** `steward codec`, a process of its own in production: who may read payloads, and who may not. */

const UI = 'https://temporal.example';
const ENV = {
  STEWARD_CODEC_KEYS: TEST_CODEC_KEYS,
  STEWARD_CODEC_ORIGINS: UI,
  JWT_SECRET: TEST_AUTH.secret,
  JWT_ISSUER: TEST_AUTH.issuer,
  JWT_AUDIENCE: TEST_AUTH.audience,
};
const PLAIN = { payloads: [{ metadata: {}, data: Buffer.from('{"orderId":"O-1"}').toString('base64') }] };

let child: ChildProcess;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = '' } = process.env;
  child = spawn(process.execPath, [BIN, 'codec', '--port', String(port)], {
    env: { PATH, HOME, ...ENV },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout! }), 'line');
});
afterAll(() => child.kill('SIGKILL'));

async function post(path: string, token: string | undefined, origin: string, body: unknown = PLAIN) {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin,
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

test('an operator reads at the Temporal UI what was encrypted', async () => {
  const token = await tokenOf('operator', 'operator-1');
  const { text } = await post('/encode', token, UI);
  expect(text).not.toContain(PLAIN.payloads[0]!.data);
  const { status, text: decoded } = await post('/decode', token, UI, JSON.parse(text));
  expect(status).toBe(200);
  expect(JSON.parse(decoded)).toMatchObject({ payloads: [{ data: PLAIN.payloads[0]!.data }] });
});

test('nobody else does: no token, another role, a page of another origin', async () => {
  expect(await post('/decode', undefined, UI)).toMatchObject({ status: 401 });
  for (const role of ['platform', 'seller', 'buyer', 'carrier'] as const) {
    expect(await post('/decode', await tokenOf(role, `${role}-1`), UI)).toMatchObject({ status: 403 });
  }
  const operator = await tokenOf('operator', 'operator-1');
  expect(await post('/decode', operator, 'https://evil.example')).toEqual({ status: 403, text: '' });
});

test.each([
  ['', /^CONFIG_INVALID: Setting STEWARD_CODEC_ORIGINS: missing; /],
  ['https://temporal.example/ui', /STEWARD_CODEC_ORIGINS.*no origin/],
  ['*', /STEWARD_CODEC_ORIGINS.*no origin/],
])('origins "%s" are refused', async (origins, told) => {
  const { stderr, exitCode } = await steward(['codec'], { env: { ...ENV, STEWARD_CODEC_ORIGINS: origins } });
  expect(stderr).toMatch(told);
  expect(exitCode).toBe(1);
});

test('SIGTERM ends it in order', async () => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
