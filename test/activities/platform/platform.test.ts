import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createPlatformActivities } from '../../../activities/platform';
import type { PlatformEvent, RefundRequest } from '../../../domain/events';
import { createCertificateAuthority } from '../../../sim/certificates';
import { startPlatform, type SimulatedPlatform } from '../../../sim/platform';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
let platform: SimulatedPlatform;
beforeEach(async () => {
  platform = await startPlatform({ secret });
});
afterEach(() => platform.close());

const activities = (url = platform.url, key = secret) =>
  createPlatformActivities({ platform: { url, secret: key }, timeout: 1_000 });
const environment = () => new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') });
const refund = (request = aRefund, of = activities()) => environment().run(() => of.refund(request));
const deliver = (events: PlatformEvent[]) => environment().run(() => activities().deliverEvents({ events }));

const aRefund: RefundRequest = {
  refundId: 'O-1-000001-U1',
  orderId: 'O-1',
  orderLineId: 'O-1-000001',
  amount: { currency: 'CNY', minor: 9_900 },
  reason: '开通失败',
};
const anEvent = (n: number): PlatformEvent => ({
  id: `O-1-000001-E${n}`,
  type: 'order.call_failed',
  at: '2025-06-15T23:06:40.000+08:00',
  orderId: 'O-1',
  orderLineId: 'O-1-000001',
  status: 'PROCESSING',
  node: 'OPENING',
  note: `call ${n} failed`,
});
const unavailable = (words: string) => ({
  type: 'PLATFORM_UNAVAILABLE',
  nonRetryable: false,
  message: `The platform did not take it: ${words}`,
});

test('a refund is taken, signed, once', async () => {
  await refund();
  expect(platform.refunds).toEqual([aRefund]);
  await refund();
  expect(platform.refunds).toEqual([aRefund]);
  expect(platform.requests.map(({ id, did }) => [id, did])).toEqual([
    ['O-1-000001-U1', 'take'],
    ['O-1-000001-U1', 'take'],
  ]);
});

test.each(['take-hang', 'take-reset', 'take-http-500'] as const)(
  'a refund whose answer is lost (%s) is told again, answered with 409, and paid once',
  async (step) => {
    platform.behave('/refunds', [step]);
    await expect(refund()).rejects.toMatchObject({ type: 'PLATFORM_UNAVAILABLE' });
    await expect(refund()).resolves.toBeUndefined();
    expect(platform.refunds).toEqual([aRefund]);
  },
);

test.each([400, 401, 403, 404, 410, 422])(
  'a refund that is refused with %i is not tried again',
  async (status) => {
    platform.behave('/refunds', [`http-${status}`]);
    await expect(refund()).rejects.toMatchObject({
      type: 'REFUND_REFUSED',
      nonRetryable: true,
      message: expect.stringMatching(
        `^The platform refused refund O-1-000001-U1: HTTP ${status}: [A-Z]`,
      ) as string,
    });
    expect(platform.refunds).toEqual([]);
  },
);

test.each([408, 425, 429, 500, 502, 503])('%i means to try again, until it is taken', async (status) => {
  platform.behave('/refunds', [`http-${status}`, `http-${status}`, 'take']);
  const failed = { ...unavailable(''), message: expect.stringContaining(`HTTP ${status}: `) as string };
  await expect(refund()).rejects.toMatchObject(failed);
  await expect(refund()).rejects.toMatchObject(failed);
  await refund();
  expect(platform.refunds).toEqual([aRefund]);
});

test('no answer, half an answer and a cut connection mean to try again', async () => {
  platform.behave('/refunds', ['hang', 'drip', 'reset']);
  await expect(refund()).rejects.toMatchObject(unavailable('no answer in time'));
  await expect(refund()).rejects.toMatchObject(unavailable('HTTP 503'));
  await expect(refund()).rejects.toMatchObject({ type: 'PLATFORM_UNAVAILABLE' });
});

test('a redirect is not followed', async () => {
  platform.behave('/refunds', ['redirect']);
  await expect(refund()).rejects.toMatchObject(unavailable('HTTP 307'));
  expect(platform.requests).toHaveLength(1);
});

test('a platform that is down means to try again', async () => {
  const down = await startPlatform({ secret });
  await down.close();
  await expect(refund(aRefund, activities(down.url))).rejects.toMatchObject({
    ...unavailable(''),
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

test('a wrong secret is refused by the platform', async () => {
  const other = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
  await expect(refund(aRefund, activities(platform.url, other))).rejects.toMatchObject({
    type: 'REFUND_REFUSED',
    message: expect.stringContaining('HTTP 401') as string,
  });
  expect(platform.requests).toEqual([]);
});

test('of two secrets the platform may have either, so that both change one after the other', async () => {
  const next = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
  const both = () => activities(platform.url, `${next},${secret}`);
  await refund(aRefund, both());
  platform.useSecret(next);
  await refund({ ...aRefund, refundId: 'O-1-000001-U2' }, both());
  expect(platform.refunds.map(({ refundId }) => refundId)).toEqual(['O-1-000001-U1', 'O-1-000001-U2']);
  await expect(refund({ ...aRefund, refundId: 'O-1-000001-U3' })).rejects.toMatchObject({
    type: 'REFUND_REFUSED',
  });
});

test('events arrive in order, once each', async () => {
  const events = [1, 2, 3].map(anEvent);
  expect(await deliver(events)).toEqual({ done: 3, refused: [] });
  expect(await deliver(events)).toEqual({ done: 3, refused: [] });
  expect(platform.events).toEqual(events);
});

test('an event that is refused for good comes back and holds nothing up', async () => {
  platform.behave('/events', ['take', 'http-422', 'take']);
  expect(await deliver([1, 2, 3].map(anEvent))).toEqual({
    done: 3,
    refused: [{ id: 'O-1-000001-E2', reason: 'HTTP 422: Unprocessable Entity' }],
  });
  expect(platform.events.map(({ id }) => id)).toEqual(['O-1-000001-E1', 'O-1-000001-E3']);
});

test('an outage stops the events after it until it is over', async () => {
  platform.behave('/events', ['take', 'http-503', 'take']);
  const events = [1, 2, 3].map(anEvent);
  await expect(deliver(events)).rejects.toMatchObject({ type: 'PLATFORM_UNAVAILABLE', nonRetryable: false });
  expect(platform.events).toEqual([events[0]]);
  expect(await deliver(events)).toEqual({ done: 3, refused: [] });
  expect(platform.events).toEqual(events);
});

describe('what a hostile answer can do', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function answering(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('its words are bounded and in one clean line', async () => {
    const words = `no\u0000\u001b[31m\r\n  such\u202eorder 😀`;
    const url = await answering((_request, response) => {
      response.writeHead(422);
      response.write(words + '😀'.repeat(10_000));
      // The answer never ends: what came will do.
    });
    await expect(refund(aRefund, activities(url))).rejects.toMatchObject({
      message: expect.stringMatching(/: HTTP 422: no \[31m such order (?:😀){181}$/) as string,
    });
  });

  test('an answer that says taken and never ends is taken', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(202);
      response.write('.');
    });
    await expect(refund(aRefund, activities(url))).resolves.toBeUndefined();
  });
});

test.each([
  'https://platform.example',
  'https://platform.example/base/',
  'http://localhost:8080',
  'http://127.0.0.1:8080',
  'http://[::1]:8080',
])('PLATFORM_URL may be %s', (url) => {
  expect(() => activities(url)).not.toThrow();
});

test.each([
  'http://platform.example',
  'http://127.0.0.1.evil.example',
  'http://10.0.0.1',
  'http://0.0.0.0',
  'ftp://127.0.0.1',
  'https://user:word@platform.example',
  'https://platform.example/?a=b',
  'platform.example',
  '',
])('PLATFORM_URL %j stops the start', (url) => {
  expect(() => activities(url)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
});

test('nothing is sent over https to a platform whose certificate nobody trusts', async () => {
  const authority = await createCertificateAuthority();
  const { certPem, keyPem } = await authority.issue({ hosts: ['localhost'] });
  let requests = 0;
  const server = createHttpsServer({ cert: certPem, key: keyPem }, () => requests++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  await expect(refund(aRefund, activities(url))).rejects.toMatchObject({
    type: 'PLATFORM_UNAVAILABLE',
    message: expect.stringContaining('certificate') as string,
  });
  expect(requests).toBe(0);
  server.close();
});

test('a base path is kept', async () => {
  await expect(refund(aRefund, activities(`${platform.url}/base/`))).rejects.toMatchObject({
    message: expect.stringContaining('HTTP 404') as string,
  });
});

test('a slow platform takes what there is time for, and the rest comes with the next attempt', async () => {
  const events = [1, 2, 3].map(anEvent);
  const hasty = createPlatformActivities({ platform: { url: platform.url, secret }, enough: -1 });
  const deliverSome = (rest: PlatformEvent[]) =>
    environment().run(() => hasty.deliverEvents({ events: rest }));
  expect(await deliverSome(events)).toEqual({ done: 1, refused: [] });
  expect(await deliverSome(events.slice(1))).toEqual({ done: 1, refused: [] });
  expect(platform.events).toEqual(events.slice(0, 2));
});
