import { createHash, createHmac } from 'node:crypto';
import { explainSignature } from '../../../activities/production';
import vectors from './signature-vectors.json';

const key = 'FAPnMRcQ-5hNdmX8wB2tKz7Y';
const nonce = '50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA';
const timestamp = '1680508066618';
const body = '{"b": "中文", "a": "1",\n "c": null}\n';
const canonical = '{"a":"1","b":"中文"}';

const mac = (text: string, secret = key) => createHmac('sha256', secret).update(text);
const hex = (text: string, secret = key) => mac(text, secret).digest('hex');
const base64 = (text: string) => mac(text).digest('base64');
const string = (inner: string) => key + nonce + timestamp + inner;
const explain = (signature: string, given = body) =>
  explainSignature({ accessKey: key, nonce, timestamp, body: given, signature });

describe('a signature that is right', () => {
  test.each(vectors)('fits in lower-case and upper-case hex: $name', (vector) => {
    expect(explainSignature(vector)).toEqual({ fits: true });
    expect(explainSignature({ ...vector, signature: ` ${vector.signature.toUpperCase()}\n` })).toEqual({
      fits: true,
    });
  });
});

describe('a signature that is wrong is explained:', () => {
  const sorted = '{"b":"中文","a":"1"}';
  const escaped = '{"a":"1","b":"\\u4e2d\\u6587"}';
  const mistakes: [string, string, string][] = [
    ['nulls kept', hex(string(hex('{"a":"1","b":"中文","c":null}'))), 'body: nulls kept'],
    ['keys not sorted', hex(string(hex(sorted))), 'body: keys not sorted'],
    [
      'body as received',
      hex(string(hex(body.trim()))),
      'body: taken as received, with its spaces and line breaks',
    ],
    ['line break at the end', hex(string(hex(body))), 'body: taken with the line break or spaces around it'],
    ['escaped text', hex(string(hex(escaped))), 'body: characters beyond ASCII written as \\u escapes'],
    [
      'upper-case inner HMAC',
      hex(string(hex(canonical).toUpperCase())),
      'inner HMAC: upper-case instead of lower-case hex',
    ],
    ['Base64 inner HMAC', hex(string(base64(canonical))), 'inner HMAC: Base64 instead of hex'],
    [
      'inner SHA-256',
      hex(string(createHash('sha256').update(canonical).digest('hex'))),
      'inner HMAC: plain SHA-256 without the access key',
    ],
    ['body not hashed', hex(string(canonical)), 'inner HMAC: left out: the body itself went into the string'],
    [
      'key missing in the string',
      hex(nonce + timestamp + hex(canonical)),
      'string to sign: the access key is missing in front',
    ],
    [
      'seconds',
      hex(key + nonce + '1680508066' + hex(canonical)),
      'string to sign: timestamp in seconds instead of milliseconds',
    ],
    ['other order', hex(key + timestamp + nonce + hex(canonical)), 'string to sign: timestamp before nonce'],
    ['no nonce', hex(key + timestamp + hex(canonical)), 'string to sign: the nonce is missing'],
    ['no timestamp', hex(key + nonce + hex(canonical)), 'string to sign: the timestamp is missing'],
    ['Base64', base64(string(hex(canonical))), 'outer HMAC: Base64 instead of hex'],
    [
      'two mistakes, in upper case',
      hex(string(base64('{"b":"中文","a":"1","c":null}'))).toUpperCase(),
      'body: keys not sorted and nulls kept; inner HMAC: Base64 instead of hex',
    ],
  ];
  test.each(mistakes)('%s', (_name, signature, explanation) => {
    const verdict = explain(signature);
    expect(verdict).toMatchObject({ fits: false, explanation, expected: hex(string(hex(canonical))) });
  });

  test('keys in descending order', () => {
    const given = '{"a":"1","b":"2","c":null}';
    expect(explain(hex(string(hex('{"b":"2","a":"1"}'))), given)).toMatchObject({
      mistakes: [{ step: 'body', what: 'keys in descending order' }],
    });
  });

  test.each([
    ['another key', hex(key + nonce + timestamp + hex(canonical, 'other'), 'other')],
    ['nonsense', 'zz'],
    ['nothing', ''],
  ])('%s', (_name, signature) => {
    expect(explain(signature)).toMatchObject({
      fits: false,
      mistakes: [],
      explanation: expect.stringMatching(/^No known/) as unknown,
    });
  });
});
