import type { RequestListener } from 'node:http';
import {
  createCertificateAuthority,
  type CertificateAndKey,
  type CertificateAuthority,
} from '../../../sim/certificates';
import * as odd from '../../support/sellers/odd-answers';
import { startOddSeller, type OddSeller } from '../../support/sellers/odd-seller';
import { createRig, exceptionOf } from './rig';

const { answering } = odd;

let authority: CertificateAuthority;
let certificate: CertificateAndKey;
let seller: OddSeller;

beforeAll(async () => {
  authority = await createCertificateAuthority();
  certificate = await authority.issue({ hosts: ['localhost'] });
});
afterEach(() => seller.close());

interface Expected {
  code: string;
  words: RegExp;
  mayHaveTakenEffect: boolean;
  httpStatus?: number;
  resultCode?: string;
}

const unclear = (code: string, words: RegExp, httpStatus?: number): Expected => ({
  code,
  words,
  mayHaveTakenEffect: true,
  ...(httpStatus && { httpStatus }),
});
const refused = (words: RegExp, resultCode: string): Expected => ({
  code: 'RESULT_CODE',
  words,
  mayHaveTakenEffect: false,
  httpStatus: 200,
  resultCode,
});

const ok = { resultCode: '000000', instanceId: 'i-1' };
const cases: [string, RequestListener, Expected][] = [
  ['drips its body', odd.drippingBody, unclear('TIMED_OUT', /did not answer completely in time/, 200)],
  ['drips its headers', odd.drippingHead, unclear('TIMED_OUT', /in time/)],
  ['hangs', odd.hanging, unclear('TIMED_OUT', /in time/)],
  [
    'sends a huge body',
    odd.endlessBody,
    unclear('ANSWER_TOO_LARGE', /too large: more than 65536 bytes/, 200),
  ],
  ['sends one byte too much', answering(' '.repeat(65_537)), unclear('ANSWER_TOO_LARGE', /too large/, 200)],
  ['sends huge headers', odd.hugeHeaders, unclear('ANSWER_NOT_HTTP', /not HTTP/)],
  ['sends a gzip bomb', odd.gzipBomb, unclear('ANSWER_COMPRESSED', /compressed.*: gzip/, 200)],
  [
    'compresses with deflate, gzip',
    answering('x', { 'content-encoding': 'deflate, gzip' }),
    unclear('ANSWER_COMPRESSED', /deflate/, 200),
  ],
  [
    'sends another content type',
    answering(ok, { 'content-type': 'text/html' }),
    unclear('ANSWER_WRONG_CONTENT_TYPE', /application\/json: text\/html/, 200),
  ],
  [
    'sends JSONP',
    answering(ok, { 'content-type': 'application/jsonp' }),
    unclear('ANSWER_WRONG_CONTENT_TYPE', /jsonp/, 200),
  ],
  ['sends bad JSON', answering('{"resultCode":"000000"'), unclear('ANSWER_NOT_JSON', /not JSON/, 200)],
  ['sends nothing', answering(''), unclear('ANSWER_NOT_JSON', /not JSON/, 200)],
  [
    'sends GBK',
    answering(Buffer.from('{"resultMsg":"\xb3\xc9\xb9\xa6"}', 'latin1')),
    unclear('ANSWER_NOT_JSON', /UTF-8/, 200),
  ],
  ['sends a list', answering([ok]), unclear('ANSWER_NOT_AS_AGREED', /fields/, 200)],
  [
    'sends a number as code',
    answering({ ...ok, resultCode: 0 }),
    unclear('ANSWER_NOT_AS_AGREED', /: resultCode: /, 200),
  ],
  [
    'sends markup as code',
    answering({ ...ok, resultCode: '<b>' }),
    unclear('ANSWER_NOT_AS_AGREED', /: resultCode: must be/, 200),
  ],
  [
    'breaks the connection',
    odd.resetting,
    unclear('CONNECTION_LOST', /broke before the answer was complete/),
  ],
  ['breaks off its answer', odd.cutOff, unclear('CONNECTION_LOST', /broke/, 200)],
  ['speaks SMTP', odd.notHttp, unclear('ANSWER_NOT_HTTP', /not HTTP/)],
  ['answers 204', answering('', {}, 204), unclear('HTTP_STATUS_UNCLEAR', /HTTP 204/, 204)],
  ['answers 201', answering(ok, {}, 201), unclear('HTTP_STATUS_UNCLEAR', /HTTP 201/, 201)],
  ['answers 408', answering('', {}, 408), unclear('HTTP_STATUS_UNCLEAR', /HTTP 408/, 408)],
  ['answers 502', answering('', {}, 502), unclear('HTTP_STATUS_UNCLEAR', /HTTP 502/, 502)],
  ['answers 504', answering('', {}, 504), unclear('HTTP_STATUS_UNCLEAR', /HTTP 504/, 504)],
  [
    'answers 500',
    answering(ok, {}, 500),
    { code: 'HTTP_STATUS', words: /HTTP error: HTTP 500/, mayHaveTakenEffect: false, httpStatus: 500 },
  ],
  [
    'answers 404',
    answering(ok, {}, 404),
    { code: 'HTTP_STATUS', words: /HTTP 404/, mayHaveTakenEffect: false, httpStatus: 404 },
  ],
  [
    'gives a known code',
    answering({ resultCode: '000106', instanceId: 'i-1' }),
    refused(/000106 the product resources are sold out$/, '000106'),
  ],
  [
    'gives an unknown code',
    answering({ resultCode: '999999' }),
    refused(/999999 a code that the interface does not know$/, '999999'),
  ],
  [
    'gives a code named like a method',
    answering({ resultCode: 'toString' }),
    refused(/toString a code that the interface does not know$/, 'toString'),
  ],
];

describe('a seller that', () => {
  test.each(cases)('%s', async (_name, answer, { words, ...expected }) => {
    seller = await startOddSeller(certificate, answer);
    const rig = createRig({ url: seller.url, authority });

    const started = performance.now();
    const exception = await exceptionOf(rig.newInstance({ timeout: 400 }));

    expect(performance.now() - started).toBeLessThan(1_500);
    expect(exception).toEqual({ ...expected, words: expect.stringMatching(words) as unknown });
    expect(rig.rows).toEqual([
      expect.objectContaining({
        activity: 'newInstance',
        exception: exception.words,
        httpStatus: expected.httpStatus ?? null,
        resultCode: expected.resultCode ?? null,
        ms: expect.any(Number) as unknown,
      }),
    ]);
    expect(seller).toMatchObject({ connections: 1, requests: 1 });
  });

  test('redirects is not followed', async () => {
    const target = await startOddSeller(certificate, answering(ok));
    for (const status of [301, 302, 303, 307, 308]) {
      seller = await startOddSeller(certificate, answering(ok, { location: target.url }, status));
      const { rows, newInstance } = createRig({ url: seller.url, authority });
      expect(await exceptionOf(newInstance())).toEqual({
        code: 'REDIRECTED',
        words: `The server redirects the call; redirects are not followed: HTTP ${status}`,
        mayHaveTakenEffect: false,
        httpStatus: status,
      });
      expect(rows[0]).toMatchObject({
        httpStatus: status,
        exception: expect.stringContaining('redirects') as unknown,
      });
      await seller.close();
    }
    expect(target.connections).toBe(0);
    seller = target;
  });

  test('answers with markup, line breaks and a long text is quoted as one bounded line', async () => {
    const resultMsg = `<script>alert(1)</script>\r\n\u0000\u001b[31m\u202ered\u2028next ${'很'.repeat(5_000)}`;
    seller = await startOddSeller(certificate, answering({ resultCode: '000005', resultMsg }));
    const { words } = await exceptionOf(createRig({ url: seller.url, authority }).newInstance());
    expect(words).toContain('000005 other internal error: <script>alert(1)</script> [31m red next 很很');
    expect(words).not.toMatch(/[\p{C}\u2028]/u);
    expect(words.length).toBeLessThan(320);
  });
});
