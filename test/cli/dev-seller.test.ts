import Fastify, { type FastifyInstance } from 'fastify';
import { devSeller } from '../../cli/up/dev-seller';
import type { LineOutlook, SellerControl } from '../../sim/seller';

/** The page of `/dev/seller`: who may press its buttons, and what it prints of strangers' orders. */

const EVIL = '"><script>alert(1)</script>&\'';
const HOST = '127.0.0.1:8080';
const ORIGIN = `http://${HOST}`;

const line = (orderId: string): LineOutlook => ({
  ...{ orderId, orderLineId: `${orderId}-000001`, calls: 1, instance: undefined, told: undefined },
  latest: [{ activity: 'newInstance', at: Date.parse('2026-11-24T10:00:00Z'), did: 'hang' }],
  next: { activity: 'newInstance', step: 'hang' },
});

let app: FastifyInstance;
let told: [string, string | undefined][];

beforeEach(async () => {
  told = [];
  const seller: SellerControl = {
    behave: (behaviour, orderId) => void told.push([behaviour, orderId]),
    others: 'opens',
    outlook: () => [line('CS-1'), line(EVIL)],
  };
  app = Fastify();
  await app.register(devSeller(seller));
});
afterEach(() => app.close());

const get = (host = HOST) => app.inject({ url: '/dev/seller', headers: { host } });
const press = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/dev/seller',
    headers: {
      ...{ host: HOST, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });

test('each order has its buttons, its calls and what comes next, in words', async () => {
  const { headers, body } = await get();
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(body).toMatch(
    /<th scope="row">CS-1<\/th><td>Nothing made<\/td><td>newInstance: hangs, no answer<\/td>/,
  );
  expect(body).toContain('<li>2026-11-24 18:00:00 newInstance: hangs, no answer</li>');
  expect(body).toMatch(
    /name="orderId" value="CS-1">\s*<button name="behaviour" value="opens" aria-pressed="false">/,
  );
  expect(body.match(/aria-pressed="true"/g)).toHaveLength(1);
});

test('an order id of somebody hostile is text', async () => {
  const { body } = await get();
  expect(body).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;"');
  expect(body).not.toMatch(/<script|"><s/);
});

test('a button tells the seller, of one order or of all others, and shows the page again', async () => {
  const answer = await press({ orderId: 'CS-1', behaviour: 'opens' });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe('/dev/seller#CS-1');
  await press({ behaviour: 'fails' });
  await press({ orderId: EVIL, behaviour: 'hangs' }, { host: '[::1]:8080', origin: 'http://[::1]:8080' });
  expect(told).toEqual([
    ['opens', 'CS-1'],
    ['fails', undefined],
    ['hangs', EVIL],
  ]);
});

test.each([
  ['another site', 'https://evil.example'],
  ['another port of this machine, as of the Temporal UI', 'http://127.0.0.1:8233'],
  ['a sandboxed page', 'null'],
  ['another scheme', `https://${HOST}`],
  ['nobody known', ''],
])('a button pressed by %s changes nothing', async (_, origin) => {
  const answer = await press({ orderId: 'CS-1', behaviour: 'opens' }, { origin });
  expect(answer.statusCode).toBe(403);
  expect(told).toEqual([]);
});

test.each(['evil.example:8080', '127.0.0.1.evil.example', '10.0.0.1:8080'])(
  'under the name %s, which a site may have given to our address, there is nothing to see or to press',
  async (host) => {
    const page = await get(host);
    expect(page.statusCode).toBe(421);
    expect(page.body).not.toContain('CS-1');
    const answer = await press({ behaviour: 'fails' }, { host, origin: `http://${host}` });
    expect(answer.statusCode).toBe(421);
    expect(told).toEqual([]);
  },
);

test.each<[Record<string, string>, number]>([
  [{ orderId: 'CS-1' }, 400],
  [{ orderId: 'CS-1', behaviour: 'explodes' }, 400],
  [{ orderId: 'CS-1', behaviour: 'opens', more: 'x' }, 400],
  [{ orderId: 'CS-UNKNOWN', behaviour: 'opens' }, 404],
])('%j is no button', async (fields, status) => {
  expect((await press(fields)).statusCode).toBe(status);
  expect(told).toEqual([]);
});

test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
  'a body of %s, which a script may send, is not read',
  async (type) => {
    expect((await press({ behaviour: 'opens' }, { 'content-type': type })).statusCode).toBe(415);
    expect(told).toEqual([]);
  },
);

test('the page loads, runs and frames nothing, and its forms go nowhere else', async () => {
  expect((await get()).headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
});
