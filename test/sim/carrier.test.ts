import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request, type Dispatcher } from 'undici';
import { startCarrier, type CarrierOptions, type SimulatedCarrier } from '../../sim/carrier';
import {
  createCertificateAuthority,
  type CertificateAndKey,
  type CertificateAuthority,
} from '../../sim/certificates';

/** The simulated Kuaidi100, asked as its documentation says. */

const ACCOUNT = { customer: 'CUSTOMER-1', key: 'key-1' };
const NUMBER = 'YT1234567890';
const home = mkdtempSync(join(tmpdir(), 'steward-carrier-'));
let authority: CertificateAuthority;
let certificate: CertificateAndKey;
let agent: Dispatcher;
const started: SimulatedCarrier[] = [];
beforeAll(async () => {
  authority = await createCertificateAuthority();
  certificate = await authority.issue({ hosts: ['localhost'] });
  agent = new Agent({ connect: { ca: authority.certPem } });
});
afterEach(() => Promise.all(started.splice(0).map((carrier) => carrier.close())));
afterAll(async () => {
  await agent.close();
  rmSync(home, { recursive: true });
});

async function start(options: Partial<CarrierOptions> = {}): Promise<SimulatedCarrier> {
  const carrier = await startCarrier({ ...ACCOUNT, certificate, ...options });
  started.push(carrier);
  return carrier;
}

/** One question; parts of the form may be others. */
async function ask(
  { url }: SimulatedCarrier,
  about: object = {},
  form: (sign: string) => object = () => ({}),
) {
  const param = JSON.stringify({ com: 'yuantong', num: NUMBER, phone: '', ...about });
  const sign = createHash('md5')
    .update(`${param}${ACCOUNT.key}${ACCOUNT.customer}`)
    .digest('hex')
    .toUpperCase();
  const body = new URLSearchParams({ customer: ACCOUNT.customer, sign, param, ...form(sign) }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body });
  return JSON.parse(await answer.body.text()) as Record<string, unknown>;
}

test('a parcel that is signed for is told as published, in China’s time', async () => {
  const carrier = await start({ scripts: { [NUMBER]: ['signed:2026-11-23T10:00:00Z'] } });
  expect(await ask(carrier)).toMatchObject({
    ...{ message: 'ok', status: '200', nu: NUMBER, com: 'yuantong', state: '3', ischeck: '1' },
    data: [{ ftime: '2026-11-23 18:00:00' }, { ftime: '2026-11-23 17:00:00' }],
  });
});

test('what it does not know it says so, and what it is told step by step', async () => {
  const carrier = await start();
  expect(await ask(carrier)).toMatchObject({ result: false, returnCode: '500' });
  carrier.script(NUMBER, ['in-transit', 'signed', '502', 'returned']);
  const answers = [];
  for (let n = 0; n < 5; n += 1) answers.push(await ask(carrier));
  expect(answers.map(({ state, returnCode }) => state ?? returnCode)).toEqual(['0', '3', '502', '6', '6']);
  expect(carrier.questions.map(({ did }) => did)).toEqual([
    ...['unknown', 'in-transit', 'signed', '502', 'returned', 'returned'],
  ]);
});

test('of parcels that no script names it says what it is told to say of others', async () => {
  const carrier = await start({ scripts: { [NUMBER]: ['signed'] }, others: ['in-transit'] });
  expect(await ask(carrier)).toMatchObject({ state: '3' });
  expect(await ask(carrier, { num: 'SF-OTHER' })).toMatchObject({ nu: 'SF-OTHER', state: '0' });
});

test.each([
  ['a signature of another key', () => ({ sign: 'A'.repeat(32) }), '503'],
  ['a signature in small letters', (sign: string) => ({ sign: sign.toLowerCase() }), '503'],
  ['another customer', () => ({ customer: 'C' }), '400'],
])('%s is refused', async (_what, form, returnCode) => {
  const carrier = await start({ scripts: { [NUMBER]: ['signed'] } });
  expect(await ask(carrier, {}, form)).toMatchObject({ result: false, returnCode });
  expect(carrier.questions).toMatchObject([{ trackingNumber: '', did: returnCode }]);
});

test('some carriers tell nothing without a phone, and nothing to another one', async () => {
  const carrier = await start();
  carrier.script(NUMBER, ['signed'], '13787654321');
  expect(await ask(carrier, { com: 'shunfeng' })).toMatchObject({ returnCode: '408' });
  expect(await ask(carrier, { phone: '13787650000' })).toMatchObject({ returnCode: '408' });
  expect(await ask(carrier, { com: 'shunfeng', phone: '13787654321' })).toMatchObject({ state: '3' });
});

test('it knows after a restart how far it was, and since when what it said is so', async () => {
  const options = {
    stateFile: join(home, 'carrier.json'),
    scripts: { [NUMBER]: ['in-transit', 'signed'] as const },
  };
  const before = await start(options);
  await ask(before);
  const { data } = await ask(before);
  await started.pop()?.close();
  const after = await start(options);
  expect(await ask(after)).toMatchObject({ state: '3', data });
});

test('it pushes what it is told to, with its token and key', async () => {
  const seen: unknown[] = [];
  const server = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      const { authorization, 'idempotency-key': key } = incoming.headers;
      seen.push({ url: incoming.url, authorization, key, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"lines":1}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const carrier = await start();
  const event = {
    ...{ carrier: 'yuantong', trackingNumber: NUMBER, state: 'SIGNED' as const },
    at: '2026-11-23T18:00:00+08:00',
  };
  expect(await carrier.push({ apiUrl, token: 'T' }, event, 'K')).toEqual({
    status: 200,
    body: { lines: 1 },
  });
  expect(seen).toEqual([{ url: '/v1/logistics-events', authorization: 'Bearer T', key: 'K', body: event }]);
  server.closeAllConnections();
  server.close();
});
