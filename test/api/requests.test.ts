import { expectProblem, orderBody, SELLER, send, startRig, tokenOf, type Rig } from './rig';

let rig: Rig;
let authorization: string;
beforeAll(async () => {
  rig = await startRig();
  authorization = `Bearer ${await tokenOf('platform')}`;
});
afterAll(() => rig.close());

const post = (payload: string, type = 'application/json') =>
  send(rig.app, {
    method: 'POST',
    url: '/v1/orders',
    headers: { authorization, 'content-type': type },
    payload,
  });

describe('a request that cannot be read', () => {
  it('is refused when it is larger than 256 KiB', async () => {
    const body = { ...orderBody('O1'), padding: 'x'.repeat(256 * 1024) };
    expectProblem(await post(JSON.stringify(body)), 413, 'BODY_TOO_LARGE');
  });

  it.each([
    ['cut off', '{"orderId":"O1","buyer":{"name":"王小明'],
    ['empty', ''],
    ['with a poisoned prototype', '{"__proto__":{"role":"operator"}}'],
  ])('is refused when its JSON is %s, without repeating it', async (_name, payload) => {
    const answer = await post(payload);
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.text).not.toContain('王小明');
    expect(rig.logged.join()).not.toContain('王小明');
  });

  it('is refused when it is no JSON', async () => {
    expectProblem(await post('<order/>', 'application/xml'), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('is refused when its URL is broken', async () => {
    const answer = await send(rig.app, { url: '/v1/orders/%zz', headers: { authorization } });
    expectProblem(answer, 400, 'INVALID_REQUEST');
  });
});

describe('a body that does not fit', () => {
  const line = orderBody('O1').lines[0]!;
  const detailOf = async (body: object) =>
    expectProblem(await post(JSON.stringify(body)), 400, 'INVALID_REQUEST').detail;

  it.each<[string, object, string]>([
    ['an unknown field', { ...orderBody('O1'), windows: 'fast' }, 'windows'],
    ['an unknown field in a line', orderBody('O1', [{ refund: 1 }]), 'body.lines[0]'],
    ['no order id', { ...orderBody('O1'), orderId: undefined }, 'body.orderId'],
    ['an order id with a slash', orderBody('O/1'), 'body.orderId'],
    [
      'a fraction of a cent',
      orderBody('O1', [{ amount: { currency: 'CNY', minor: 0.5 } }]),
      'body.lines[0].amount.minor',
    ],
    [
      'a negative amount',
      orderBody('O1', [{ amount: { currency: 'CNY', minor: -1 } }]),
      'body.lines[0].amount.minor',
    ],
    ['an e-mail address that is none', withBuyer({ email: 'wang' }), 'body.buyer.email'],
    ['no lines', orderBody('O1', []), 'body.lines'],
    [
      'too many lines',
      orderBody(
        'O1',
        Array.from({ length: 101 }, () => ({})),
      ),
      'body.lines',
    ],
    ['several lines without ids', orderBody('O1', [{}, {}]), 'body.lines[1].orderLineId'],
    [
      'the same line twice',
      orderBody('O1', [{ orderLineId: 'A' }, { orderLineId: 'A' }]),
      'body.lines[1].orderLineId',
    ],
    ['an order id too long to make the line’s of it', orderBody('O'.repeat(64)), 'body.lines[0].orderLineId'],
    [
      'two currencies',
      orderBody('O1', [{ orderLineId: 'A' }, { orderLineId: 'B', amount: { currency: 'USD', minor: 1 } }]),
      'body.lines[1].amount.currency',
    ],
    [
      'a period price without a period',
      orderBody('O1', [{ charging: { mode: 'PERIOD' } }]),
      'body.lines[0].charging.period',
    ],
    [
      'a one-time price with a period',
      orderBody('O1', [{ charging: { ...line.charging, mode: 'ONE_TIME' } }]),
      'body.lines[0].charging.period',
    ],
  ])('is refused with the place: %s', async (_name, body, place) => {
    expect(await detailOf(body)).toContain(place);
  });

  it('is refused with all its problems at once', async () => {
    const detail = await detailOf({ ...withBuyer({ phone: '?' }), site: 'moon' });
    expect(detail).toContain('body.site');
    expect(detail).toContain('body.buyer.phone');
  });

  it('is refused in a query too', async () => {
    const answer = await rig.as('platform').orders('?status=LOST&colour=red');
    const { detail } = expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(detail).toContain('querystring.status');
    expect(detail).toContain('colour');
  });

  it('writes nothing', async () => {
    expect((await rig.as('platform').orders()).body.items).toEqual([]);
    expect(rig.lines.opened).toEqual([]);
  });
});

describe('what is not there', () => {
  it.each(['/', '/v2/orders', '/v1/nothing', '/orders'])('is a problem too: %s', async (url) => {
    expectProblem(await send(rig.app, { url, headers: { authorization } }), 404, 'NOT_FOUND');
  });

  it('says nothing of the query', async () => {
    const answer = await send(rig.app, { url: '/nowhere?token=geheim' });
    expect(expectProblem(answer, 404, 'NOT_FOUND').instance).toBe('/nowhere');
    expect(answer.text).not.toContain('geheim');
  });

  it('is also a command that Steward does not have', async () => {
    expectProblem(await rig.as('operator').command('O1/destroy', {}), 404, 'NOT_FOUND');
  });
});

describe('too many requests', () => {
  it('are refused for their caller only', async () => {
    const limited = await startRig({ limits: { requestsPerMinute: 3 } });
    const list = (sub: string) => limited.as('seller', sub).orders();
    for (let n = 0; n < 3; n++) expect((await list('S1')).status).toBe(200);
    const answer = await list('S1');
    expectProblem(answer, 429, 'RATE_LIMITED');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await list('S2')).status).toBe(200);
    await limited.close();
  });

  it('are refused to those who guess tokens', async () => {
    const limited = await startRig({ limits: { requestsPerMinute: 3 } });
    const guess = () => send(limited.app, { url: '/v1/orders', headers: { authorization: 'Bearer a.b.c' } });
    for (let n = 0; n < 3; n++) expectProblem(await guess(), 401, 'UNAUTHENTICATED');
    expectProblem(await guess(), 429, 'RATE_LIMITED');
    expect((await limited.as('seller').orders()).status).toBe(200);
    await limited.close();
  });
});

describe('what goes wrong on our side', () => {
  it('is told without internals, and logged under its request without personal data', async () => {
    await rig.db.execute('drop table sellers cascade');
    const answer = await rig.as('platform').put('S1', SELLER);
    const { requestId, detail } = expectProblem(answer, 500, 'INTERNAL');
    expect(detail).toContain(requestId);
    expect(answer.text).not.toMatch(/sellers" does not exist|insert into|stack/i);

    const log = rig.logged.filter((line) => line.includes(requestId)).join();
    expect(log).toMatch(/relation .*sellers.* does not exist/);
    expect(log).not.toContain(SELLER.email);
    expect(log).not.toContain(SELLER.name);
  });
});

function withBuyer(part: object): object {
  const body = orderBody('O1');
  return { ...body, buyer: { ...body.buyer, ...part } };
}
