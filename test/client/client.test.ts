import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StewardApiError, StewardClient, type OrderBody } from 'steward';
import { StewardError } from '../../domain/errors';
import type { Role } from '../../domain/parties';
import { giveLicense, orderBody, PRODUCT, SELLER, startRig, tokenOf, type Rig } from '../api/rig';

const order = (orderId: string, lines?: object[]) => orderBody(orderId, lines) as OrderBody;

describe('against a running API', () => {
  let rig: Rig;
  let baseUrl: string;
  const as = async (role: Role, sub?: string) =>
    new StewardClient({ baseUrl, token: await tokenOf(role, sub) });

  beforeAll(async () => {
    rig = await startRig();
    baseUrl = await rig.app.listen({ port: 0, host: '127.0.0.1' });
    const platform = await as('platform');
    await platform.putSeller('S1', { ...SELLER, language: 'zh' });
    await platform.putProduct('S1', 'P1', PRODUCT);
  });
  afterAll(() => rig.close());

  it('places an order and reads it', async () => {
    const platform = await as('platform');
    const placed = await platform.placeOrder(order('O1'));
    expect(placed.lines).toMatchObject([{ orderLineId: 'O1-000001', node: 'OPENING' }]);
    expect(await platform.getOrder('O1')).toEqual(placed);
    expect((await (await as('seller', 'S1')).getOrder('O1')).lines[0]?.buyer?.name).toBe('王小明');
  });

  it('gives commands to the only line, or to the one named', async () => {
    await (await as('platform')).placeOrder(order('O2', [{ orderLineId: 'O2-A' }, { orderLineId: 'O2-B' }]));
    const operator = await as('operator');
    const data = { reason: 'By phone', refund: { currency: 'CNY', minor: 0 } };
    expect((await operator.command('O2', 'close', data, { orderLineId: 'O2-B' })).orderLineId).toBe('O2-B');
    await expect(operator.command('O2', 'close', data)).rejects.toMatchObject({
      code: 'LINE_REQUIRED',
      status: 400,
    });
  });

  it('lists lines page by page, and all of them', async () => {
    const platform = await as('platform');
    for (let n = 1; n <= 52; n++) await platform.placeOrder(order(`L${n}`));
    const operator = await as('operator');
    const first = await operator.listOrders({ sellerId: 'S1', status: 'PROCESSING' });
    expect(first.items).toHaveLength(50);
    const all: string[] = [];
    for await (const line of operator.eachOrder({ sellerId: 'S1' })) all.push(line.orderLineId);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(['L1-000001', 'L52-000001']));
    expect(await operator.listOrders({ sellerId: 'S2' })).toEqual({ items: [], nextCursor: null });
  });

  it('lists the calls to sellers', async () => {
    expect(await (await as('operator')).sellerCalls({ orderId: 'O1' })).toEqual({
      items: [],
      nextCursor: null,
    });
    for await (const call of (await as('seller', 'S1')).eachSellerCall()) throw new Error(call.orderId);
  });

  it('activates a licence code, and tells that it is in use', async () => {
    await (await as('platform')).placeOrder(order('LC1'));
    const line = { orderId: 'LC1', orderLineId: 'LC1-000001' };
    const code = await giveLicense(rig, line.orderId);
    const seller = await as('seller', 'S1');
    const { activatedAt } = await seller.activateLicense(code);
    expect(activatedAt).toBe('2026-11-23T12:00:00.000+08:00');
    await rig.lines.show(line, { revision: 9, license: { claimedAt: 1, activatedAt: 2 } });
    expect(await seller.licenseHeartbeat(code)).toMatchObject(line);
    await expect((await as('seller', 'S2')).activateLicense(code)).rejects.toMatchObject({
      code: '92020005',
      status: 404,
    });
  });

  it('tells what Steward refused', async () => {
    const seller = await as('seller', 'S2');
    const refusal = await seller.getOrder('O1').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StewardApiError);
    expect(refusal).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      detail: expect.stringContaining('O1') as string,
    });
    await expect(seller.putSeller('S2', { ...SELLER, language: 'en' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('repeats a command that got no answer in time, and it takes effect once', async () => {
    const operator = await as('operator');
    let calls = 0;
    rig.lines.calm();
    rig.lines.beforeCommand = () => {
      calls += 1;
      return Promise.resolve();
    };
    rig.lines.afterCommand = () => {
      throw new StewardError('TRY_AGAIN');
    };
    await operator.command('O1', 'retry-refund', {});
    expect(calls).toBe(2);
    expect(rig.lines.given).toHaveLength(1);
  });
});

describe('against a server that misbehaves', () => {
  let requests: IncomingMessage[];
  let answer: (response: ServerResponse) => void;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(response);
  });
  let client: StewardClient;

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    requests = [];
    const { port } = server.address() as AddressInfo;
    client = new StewardClient({ baseUrl: `http://127.0.0.1:${port}/steward/`, token: 'T', timeout: 200 });
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const tryAgain = (response: ServerResponse) =>
    response
      .writeHead(503, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ code: 'TRY_AGAIN', detail: 'Later' }));

  it('gives up a command after three attempts with the same key', async () => {
    answer = tryAgain;
    await expect(client.command('O1', 'retry-refund', {})).rejects.toMatchObject({
      code: 'TRY_AGAIN',
      status: 503,
    });
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('uses the key it is given', async () => {
    answer = (response) => response.end('{}');
    await client.command('O1', 'retry-refund', {}, { idempotencyKey: 'K1' });
    expect(requests[0]?.headers['idempotency-key']).toBe('K1');
    expect(requests[0]?.url).toBe('/steward/v1/orders/O1/retry-refund');
  });

  it('sends nothing twice that has no key', async () => {
    answer = tryAgain;
    await expect(client.getOrder('O1')).rejects.toMatchObject({ code: 'TRY_AGAIN' });
    await expect(client.putProduct('S1', 'P1', PRODUCT)).rejects.toMatchObject({ code: 'TRY_AGAIN' });
    expect(requests).toHaveLength(2);
  });

  it('repeats no refusal', async () => {
    answer = (response) =>
      response.writeHead(409).end(JSON.stringify({ code: 'ORDER_ENDED', detail: 'Over' }));
    await expect(client.command('O1', 'retry-refund', {})).rejects.toMatchObject({ code: 'ORDER_ENDED' });
    expect(requests).toHaveLength(1);
  });

  it('waits no longer than its timeout', async () => {
    answer = () => undefined;
    await expect(client.getOrder('O1')).rejects.toMatchObject({ code: 'UNREACHABLE', status: 0 });
  });

  it('knows an answer that is not of Steward, and follows nobody elsewhere with its token', async () => {
    answer = (response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
    await expect(client.getOrder('O1')).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 502 });
    answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
    await expect(client.getOrder('O1')).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(requests).toHaveLength(2);
  });

  it('takes ids as they are', async () => {
    answer = (response) => response.end('{}');
    await client.getOrder('a/b?c');
    expect(requests[0]?.url).toBe('/steward/v1/orders/a%2Fb%3Fc');
  });
});

it('can be imported by its name outside of tests too, and brings no server along', async () => {
  const script = `
    import { StewardClient } from 'steward';
    const server = Object.keys(require.cache).filter((file) => /node_modules.(zod|fastify|@temporalio|drizzle-orm)/.test(file));
    console.log(typeof StewardClient, server.length);`;
  const tsx = join(__dirname, '../../node_modules/.bin/tsx');
  const { stdout } = await promisify(execFile)(tsx, ['--input-type=commonjs', '--eval', script], {
    cwd: join(__dirname, '../..'),
  });
  expect(stdout.trim()).toBe('function 0');
});
