import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { sign } from '../../../activities/production';
import {
  createCertificateAuthority,
  type CertificateAndKey,
  type CertificateAuthority,
} from '../../../sim/certificates';
import { answering } from '../../support/sellers/odd-answers';
import { startOddSeller, type OddSeller } from '../../support/sellers/odd-seller';
import { ACCESS_KEY, createRig, exceptionOf, INPUT } from './rig';

let authority: CertificateAuthority;
let certificate: CertificateAndKey;
let seller: OddSeller;
beforeAll(async () => {
  authority = await createCertificateAuthority();
  certificate = await authority.issue({ hosts: ['localhost'] });
});
afterEach(() => seller.close());

/** The activities with a seller that answers everything with this. */
async function withAnswer(answer: object) {
  seller = await startOddSeller(certificate, answering(answer));
  return createRig({ url: seller.url, authority });
}

describe('on the wire', () => {
  const seen: { request: IncomingMessage; url: URL; body: string }[] = [];
  async function listen() {
    seen.length = 0;
    const record = async (request: IncomingMessage, response: ServerResponse) => {
      seen.push({ request, url: new URL(request.url ?? '', 'https://localhost'), body: await text(request) });
      response
        .setHeader('content-type', 'application/json')
        .end('{"resultCode":"000000","instanceId":"i-1"}');
    };
    seller = await startOddSeller(certificate, (request, response) => void record(request, response));
  }

  test('a call is a signed POST of compact JSON with keys ascending', async () => {
    await listen();
    const { newInstance, rows } = createRig({ url: seller.url, authority });
    const before = Date.now();
    await newInstance();
    const [{ request, url, body }] = seen as [(typeof seen)[0]];

    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/) as unknown,
      'accept-encoding': 'identity',
      host: new URL(seller.url).host,
    });
    expect(body).toBe(
      `{"activity":"newInstance","businessId":"${rows[0]?.callId}","orderId":"${INPUT.orderId}","orderLineId":"${INPUT.orderLineId}"}`,
    );
    expect([...url.searchParams.keys()]).toEqual(['signature', 'timestamp', 'nonce']);
    const { signature, timestamp, nonce } = Object.fromEntries(url.searchParams) as Record<string, string>;
    expect(signature).toBe(
      sign({ accessKey: ACCESS_KEY, nonce: nonce ?? '', timestamp: timestamp ?? '', body }),
    );
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
    expect(Number(timestamp)).toBeLessThanOrEqual(Date.now());
    expect(nonce).toMatch(/^[0-9A-F]{64}$/);
  });

  test('the query of the production URL is kept as it is', async () => {
    await listen();
    await createRig({ url: `${seller.url}?tenant=a%20b&x#part`, authority }).newInstance();
    expect(seen[0]?.request.url).toMatch(
      /^\/produce\?tenant=a%20b&x&signature=\w{64}&timestamp=\d{13}&nonce=\w{64}$/,
    );
  });

  test('the other activities send what the interface asks for', async () => {
    await listen();
    const { queryInstance, releaseInstance, orderNotify } = createRig({ url: seller.url, authority });
    await queryInstance('i-1');
    await releaseInstance('i-1');
    await orderNotify();
    expect(seen.map(({ body }) => body)).toEqual([
      '{"activity":"queryInstance","instanceId":"i-1"}',
      `{"activity":"releaseInstance","instanceId":"i-1","orderId":"${INPUT.orderLineId}-U1","orderLineId":"${INPUT.orderLineId}"}`,
      `{"activity":"orderNotify","orderId":"${INPUT.orderId}","orderLineId":"${INPUT.orderLineId}"}`,
    ]);
  });

  test('businessId and nonce are other ones in each call', async () => {
    await listen();
    const { newInstance } = createRig({ url: seller.url, authority });
    for (const attempt of [1, 2, 3]) await newInstance({ attempt });
    expect(
      new Set(seen.map(({ body }) => (JSON.parse(body) as { businessId: string }).businessId)).size,
    ).toBe(3);
    expect(new Set(seen.map(({ url }) => url.searchParams.get('nonce'))).size).toBe(3);
  });
});

describe('newInstance', () => {
  test.each([
    [
      { resultCode: '000000', instanceId: 'i-1' },
      { instanceId: 'i-1', opened: true },
    ],
    [
      { resultCode: '000000', resultMsg: null, instanceId: 'i'.repeat(64), more: [1] },
      { instanceId: 'i'.repeat(64), opened: true },
    ],
    [
      { resultCode: '000004', instanceId: 'i-1' },
      { instanceId: 'i-1', opened: false },
    ],
    [
      { resultCode: '0000004', instanceId: 'i-1' },
      { instanceId: 'i-1', opened: false },
    ],
  ])('takes %j', async (answer, expected) => {
    const { newInstance, rows } = await withAnswer(answer);
    const before = Date.now();
    expect(await newInstance({ attempt: 3 })).toEqual(expected);
    expect(rows).toEqual([
      {
        callId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
        orderId: INPUT.orderId,
        orderLineId: INPUT.orderLineId,
        sellerId: 'seller-1',
        activity: 'newInstance',
        attempt: 3,
        at: expect.any(Number) as unknown,
        ms: expect.any(Number) as unknown,
        httpStatus: 200,
        resultCode: expected.opened ? '000000' : '000004',
        exception: null,
      },
    ]);
    expect(rows[0]?.at).toBeGreaterThanOrEqual(before);
  });

  test.each([
    [
      { resultCode: '000000' },
      'OPENED_WITHOUT_ID',
      'The seller reports success but gives no instance id: 000000 success',
    ],
    [{ resultCode: '000000', instanceId: '' }, 'OPENED_WITHOUT_ID', expect.any(String)],
    [
      { resultCode: '000004', instanceId: null, resultMsg: 'wait' },
      'ACCEPTED_WITHOUT_ID',
      'The seller accepted the request but gives no instance id yet: 000004 the request is being processed: wait',
    ],
    [
      { resultCode: '000000', instanceId: 'i'.repeat(65) },
      'ANSWER_NOT_AS_AGREED',
      expect.stringContaining('instanceId: must be 1 to 64'),
    ],
    [
      { resultCode: '000000', instanceId: 'a,b' },
      'ANSWER_NOT_AS_AGREED',
      expect.stringContaining('instanceId'),
    ],
    [
      { resultCode: '000000', instanceId: 'a\nb' },
      'ANSWER_NOT_AS_AGREED',
      expect.stringContaining('instanceId'),
    ],
    [{ resultCode: '000000', instanceId: 7 }, 'ANSWER_NOT_AS_AGREED', expect.stringContaining('instanceId')],
  ])('fails with %j, which may have taken effect', async (answer, code, words: unknown) => {
    const { newInstance, rows } = await withAnswer(answer);
    const exception = await exceptionOf(newInstance());
    expect(exception).toEqual({
      code,
      words,
      mayHaveTakenEffect: true,
      httpStatus: 200,
      resultCode: answer.resultCode,
    });
    expect(rows[0]).toMatchObject({
      exception: exception.words,
      httpStatus: 200,
      resultCode: answer.resultCode,
    });
  });
});

describe('queryInstance', () => {
  const appInfo = {
    frontEndUrl: 'https://app.seller.example/',
    adminUrl: 'http://admin.seller.example',
    userName: 'admin',
    password: 'initial-Passw0rd',
    memo: '\\u4e2d',
  };
  const ready = (info: object) => ({
    resultCode: '000000',
    info: [{ instanceId: 'other' }, { instanceId: 'i-1', ...info }],
  });

  test('stores the access of a ready instance and gives no word of it back', async () => {
    const { queryInstance, saved, rows } = await withAnswer(ready({ appInfo, usageInfo: {} }));
    expect(await queryInstance('i-1')).toEqual({ ready: true, hasAppInfo: true });
    expect(saved).toEqual([appInfo]);
    expect(rows).toEqual([
      expect.objectContaining({ activity: 'queryInstance', exception: null, resultCode: '000000' }),
    ]);
    expect(JSON.stringify(rows)).not.toContain('Passw0rd');
  });

  test('leaves out what the seller left empty', async () => {
    const { queryInstance, saved } = await withAnswer(
      ready({
        appInfo: { frontEndUrl: 'https://app.seller.example/', adminUrl: '', userName: null, more: 'x' },
      }),
    );
    expect(await queryInstance('i-1')).toEqual({ ready: true, hasAppInfo: true });
    expect(saved).toEqual([{ frontEndUrl: 'https://app.seller.example/' }]);
  });

  test.each([[ready({})], [ready({ appInfo: null })]])('is ready without access, as %j', async (answer) => {
    const { queryInstance, saved } = await withAnswer(answer);
    expect(await queryInstance('i-1')).toEqual({ ready: true, hasAppInfo: false });
    expect(saved).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['frontEndUrl', {}],
    ['frontEndUrl', { userName: 'admin' }],
    ['frontEndUrl', { ...appInfo, frontEndUrl: '' }],
    ['frontEndUrl', { ...appInfo, frontEndUrl: null }],
    ['frontEndUrl', { ...appInfo, frontEndUrl: 'javascript:alert(1)' }],
    ['adminUrl', { ...appInfo, adminUrl: 'data:text/html,x' }],
    ['memo', { ...appInfo, memo: 'x'.repeat(1025) }],
    ['expected object', 'initial-Passw0rd'],
  ])('is ready with an unusable access (%s, case %#), which is only logged', async (wrong, given) => {
    const { queryInstance, saved, rows, logs } = await withAnswer(ready({ appInfo: given }));
    expect(await queryInstance('i-1')).toEqual({ ready: true, hasAppInfo: false });
    expect(saved).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ exception: null, resultCode: '000000' })]);
    expect(logs).toEqual([
      expect.objectContaining({
        level: 'WARN',
        meta: expect.objectContaining({ unusable: expect.stringContaining(wrong) as unknown }) as unknown,
      }),
    ]);
    expect(inspect(logs, { depth: null })).not.toMatch(/Passw0rd|javascript|text.html|xxx/);
  });

  test.each([
    [{ resultCode: '000004' }],
    [{ resultCode: '0000004' }],
    [{ resultCode: '000000' }],
    [{ resultCode: '000000', info: null }],
    [{ resultCode: '000000', info: [] }],
    [{ resultCode: '000000', info: [{ instanceId: 'other', appInfo }] }],
  ])('is not ready with %j', async (answer) => {
    const { queryInstance, saved, rows } = await withAnswer(answer);
    expect(await queryInstance('i-1')).toEqual({ ready: false, hasAppInfo: false });
    expect(saved).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ exception: null })]);
  });

  test.each([
    [{ resultCode: '000003' }, 'RESULT_CODE', /000003 the instance id does not exist/],
    [{ resultCode: '000000', info: {} }, 'ANSWER_NOT_AS_AGREED', /: info: /],
  ])('fails with %j', async (answer, code, words) => {
    const { queryInstance, saved, rows } = await withAnswer(answer);
    expect(await exceptionOf(queryInstance('i-1'))).toMatchObject({
      code,
      words: expect.stringMatching(words) as unknown,
    });
    expect(rows[0]?.exception).not.toContain('Passw0rd');
    expect(saved).toEqual([]);
  });
});

describe('releaseInstance', () => {
  test('is done with 000000', async () => {
    const { releaseInstance, rows } = await withAnswer({ resultCode: '000000' });
    expect(await releaseInstance('i-1')).toBeUndefined();
    expect(rows).toEqual([
      expect.objectContaining({ activity: 'releaseInstance', exception: null, resultCode: '000000' }),
    ]);
  });

  test.each([
    ['000003', 'RESULT_CODE', false],
    ['000004', 'RELEASE_IN_PROGRESS', true],
  ])('fails with %s', async (resultCode, code, mayHaveTakenEffect) => {
    const { releaseInstance } = await withAnswer({ resultCode });
    expect(await exceptionOf(releaseInstance('i-1'))).toMatchObject({ code, mayHaveTakenEffect, resultCode });
  });
});

describe('orderNotify', () => {
  test('is done with 000000', async () => {
    const { orderNotify, rows } = await withAnswer({ resultCode: '000000' });
    expect(await orderNotify({ attempt: 2 })).toBeUndefined();
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ activity: 'orderNotify', attempt: 2 },
        ...{ httpStatus: 200, resultCode: '000000', exception: null },
      }),
    ]);
  });

  test.each(['000001', '000004', '0000004', '000005', '999999'])('fails with %s', async (resultCode) => {
    const { orderNotify, rows } = await withAnswer({ resultCode, resultMsg: 'not today' });
    const exception = await exceptionOf(orderNotify());
    expect(exception).toMatchObject({ code: 'RESULT_CODE', httpStatus: 200 });
    expect(exception.words).toContain('not today');
    expect(rows).toEqual([expect.objectContaining({ activity: 'orderNotify', exception: exception.words })]);
  });

  test.each([
    ['that is cut off', (_request: IncomingMessage, response: ServerResponse) => response.socket?.destroy()],
    ['that never comes', () => undefined],
    [
      'that is unclear',
      (_request: IncomingMessage, response: ServerResponse) => response.writeHead(202).end(),
    ],
    [
      'that is no JSON',
      (_request: IncomingMessage, response: ServerResponse) =>
        response.setHeader('content-type', 'application/json').end('yes'),
    ],
  ])('leaves nothing at the seller by an answer %s', async (_what, answer) => {
    seller = await startOddSeller(certificate, (request, response) => void answer(request, response));
    const { orderNotify, rows } = createRig({ url: seller.url, authority });
    const exception = await exceptionOf(orderNotify({ timeout: 1_000 }));
    expect(exception).toMatchObject({ mayHaveTakenEffect: false });
    expect(rows).toEqual([expect.objectContaining({ exception: exception.words })]);
  });
});
