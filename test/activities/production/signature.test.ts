import fc from 'fast-check';
import { canonicalBody, freshNonce, parseBody, sign } from '../../../activities/production/signature';
import vectors from './signature-vectors.json';

describe('the signature', () => {
  // Made by signature-vectors.py, which shares nothing with our code.
  test.each(vectors)(
    'agrees with an independent implementation: $name',
    ({ canonical, signature, ...signed }) => {
      expect(canonicalBody(parseBody(signed.body))).toBe(canonical);
      expect(sign(signed)).toBe(signature);
    },
  );

  const field = fc.tuple(
    fc.string({ unit: 'binary' }),
    fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null)),
  );
  const fields = fc.uniqueArray(field, { selector: ([name]) => name, maxLength: 12 });
  const text = (entries: [string, unknown][], indent: number) =>
    entries.length === 0
      ? '{}'
      : `{${entries.map(([name, value]) => `${' '.repeat(indent)}${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}}`;
  const parts = { accessKey: 'key-0123456789abc', nonce: 'N', timestamp: '1680508066618' };

  test('does not depend on the order of keys, on nulls or on spaces', () => {
    fc.assert(
      fc.property(
        fields.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        fc.nat(4),
        ([entries, shuffled], indent) => {
          const filled = entries.filter(([, value]) => value !== null);
          const expected = sign({ ...parts, body: text(filled, 0) });
          expect(sign({ ...parts, body: text(shuffled, indent) })).toBe(expected);
        },
      ),
    );
  });

  test('depends on every value, the nonce, the timestamp and the key', () => {
    const signed = { ...parts, body: '{"a":"1"}' };
    const others = [
      { ...signed, body: '{"a":"2"}' },
      { ...signed, body: '{"b":"1"}' },
      { ...signed, nonce: 'n' },
      { ...signed, timestamp: '1680508066619' },
      { ...signed, accessKey: 'key-0123456789abd' },
    ];
    expect(new Set([signed, ...others].map(sign)).size).toBe(6);
  });

  test.each(['', '[]', 'null', '"text"', '{"a":1', '1'])(
    'refuses the body %j, which is no JSON object',
    (body) => {
      expect(() => sign({ ...parts, body })).toThrow(
        expect.objectContaining({ code: 'INVALID_REQUEST' }) as Error,
      );
    },
  );
});

test('a nonce is 64 upper-case hex characters and never the same', () => {
  const nonces = Array.from({ length: 100 }, freshNonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9A-F]{64}$/);
});
