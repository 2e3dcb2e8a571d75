import { defaultPayloadConverter } from '@temporalio/common';
import { Keyring } from '../../db/keyring';
import { StewardError } from '../../domain/errors';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { startCodecServer, type CodecServer, type CodecServerOptions } from '../../workers/codec/server';

const UI = 'http://localhost:8233';
const codec = new EncryptionCodec(
  Keyring.parse('STEWARD_CODEC_KEYS', `k1:${Buffer.alloc(32, 1).toString('base64')}`),
);
const servers: CodecServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function start(options: Partial<CodecServerOptions> = {}): Promise<string> {
  const server = await startCodecServer({ codec, origins: [UI], ...options });
  servers.push(server);
  return server.endpoint;
}

/** As the Temporal UI does it. */
function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', origin: UI, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const jsonPayload = { metadata: { encoding: base64('json/plain') }, data: base64('{"orderId":"O-1"}') };

test('the UI reads what a workflow wrote', async () => {
  const endpoint = await start();
  const [encrypted] = await codec.encode([defaultPayloadConverter.toPayload({ orderId: 'O-1' })]);
  const { metadata, data } = encrypted!;
  const sent = {
    metadata: Object.fromEntries(
      Object.entries(metadata!).map(([k, v]) => [k, Buffer.from(v).toString('base64')]),
    ),
    data: Buffer.from(data!).toString('base64'),
  };
  const answer = await post(`${endpoint}/decode`, { payloads: [sent, jsonPayload] });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
  expect(await answer.json()).toEqual({ payloads: [jsonPayload, jsonPayload] });
});

test('what it encodes it decodes', async () => {
  const endpoint = await start();
  const encoded = (await (
    await post(`${endpoint}/encode`, { payloads: [jsonPayload, {}] })
  ).json()) as object;
  expect(JSON.stringify(encoded)).not.toContain(jsonPayload.data);
  const decoded = await (await post(`${endpoint}/decode`, encoded)).json();
  expect(decoded).toEqual({ payloads: [jsonPayload, {}] });
  expect(await (await post(`${endpoint}/decode`, { payloads: [] })).json()).toEqual({ payloads: [] });
});

test('a preflight of the UI allows what the UI sends', async () => {
  const endpoint = await start();
  const answer = await fetch(`${endpoint}/decode`, {
    method: 'OPTIONS',
    headers: {
      origin: UI,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-namespace',
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
  expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
  for (const header of ['content-type', 'x-namespace', 'authorization']) {
    expect(answer.headers.get('access-control-allow-headers')).toContain(header);
  }
});

test.each(['http://evil.example', 'http://localhost:8234', 'null'])(
  'a page of %s gets nothing',
  async (origin) => {
    const endpoint = await start();
    const preflight = await fetch(`${endpoint}/decode`, { method: 'OPTIONS', headers: { origin } });
    const answer = await post(`${endpoint}/decode`, { payloads: [jsonPayload] }, { origin });
    for (const { status, headers } of [preflight, answer]) {
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await answer.text()).toBe('');
  },
);

test('without the path there is nothing, and each start has another path', async () => {
  const [one, other] = [await start(), await start()];
  expect(new URL(one).hostname).toBe('127.0.0.1');
  expect(new URL(one).pathname).toMatch(/^\/[\w-]{32}$/);
  expect(new URL(one).pathname).not.toBe(new URL(other).pathname);
  const root = new URL(one).origin;
  for (const url of [
    `${root}/decode`,
    `${root}/`,
    root + new URL(other).pathname + '/decode',
    one,
    `${one}/x`,
  ]) {
    const answer = await post(url, { payloads: [jsonPayload] });
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
  expect((await fetch(`${one}/decode`)).status).toBe(404);
});

test.each<[string, unknown, number]>([
  ['no payloads', {}, 400],
  ['payloads that are none', { payloads: [7] }, 400],
  ['metadata that is no text', { payloads: [{ metadata: { encoding: {} } }] }, 400],
  ['broken JSON', '{"payloads":[', 400],
  ['too much', { payloads: [{ data: 'A'.repeat(9_000_000) }] }, 413],
])('%s: refused without quoting it', async (_what, body, status) => {
  const answer = await post(`${await start()}/decode`, body);
  expect([answer.status, await answer.text()]).toEqual([status, '']);
});

test('a missing key is told to the UI', async () => {
  const stranger = new EncryptionCodec(
    Keyring.parse('STEWARD_CODEC_KEYS', `k2:${Buffer.alloc(32, 2).toString('base64')}`),
  );
  const endpoint = await start({ codec: stranger });
  const payload = {
    metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('k1') },
    data: base64('sealed'),
  };
  const answer = await post(`${endpoint}/decode`, { payloads: [payload] });
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ code: 'KEY_UNKNOWN' });
});

test('where a bearer is asked for, only an operator’s is good, and preflights need none', async () => {
  const authorize: CodecServerOptions['authorize'] = ({ headers }) =>
    headers.authorization === 'Bearer operator'
      ? Promise.resolve()
      : Promise.reject(new StewardError('FORBIDDEN', { role: 'seller', roles: 'operator' }));
  const endpoint = await start({ authorize, path: '/codec' });
  expect(endpoint).toMatch(/\/codec$/);
  const body = { payloads: [jsonPayload] };
  expect((await post(`${endpoint}/decode`, body)).status).toBe(403);
  expect((await post(`${endpoint}/encode`, body, { authorization: 'Bearer seller' })).status).toBe(403);
  expect((await post(`${endpoint}/decode`, body, { authorization: 'Bearer operator' })).status).toBe(200);
  expect((await fetch(`${endpoint}/decode`, { method: 'OPTIONS', headers: { origin: UI } })).status).toBe(
    204,
  );
});
