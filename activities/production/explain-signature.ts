import { createHash } from 'node:crypto';
import { canonicalBody, hmac, jsonObject, parseBody, sign, type Signed } from './signature';

/** The steps of the algorithm in which a seller's program can go another way. */
export type SignatureStep = 'body' | 'inner HMAC' | 'string to sign' | 'outer HMAC';

/** Whether a signature fits, and if not, which steps differ. `steward verify` prints it. */
export type SignatureVerdict =
  | { fits: true }
  | {
      fits: false;
      /** The signature that would fit, in lower-case hex. */
      expected: string;
      /** What was done differently, in the order of the steps; empty when no known mistake explains it. */
      mistakes: Mistake[];
      /** All of it in one sentence for people. */
      explanation: string;
    };

interface Mistake {
  step: SignatureStep;
  what: string;
}

/** One way to take a step; `mistake` is null for the right one. */
interface Way<Take> {
  mistake: string | null;
  take: Take;
}

/** The more telling of two ways that lead to the same text stands first. */
const bodies: Way<(text: string) => string>[] = [
  { mistake: null, take: (text) => canonicalBody(parseBody(text)) },
  { mistake: 'nulls kept', take: (text) => jsonObject(sorted(fields(text))) },
  { mistake: 'keys not sorted', take: (text) => jsonObject(filled(text)) },
  { mistake: 'keys not sorted and nulls kept', take: (text) => jsonObject(fields(text)) },
  { mistake: 'keys in descending order', take: (text) => jsonObject(sorted(filled(text)).reverse()) },
  {
    mistake: 'keys in descending order and nulls kept',
    take: (text) => jsonObject(sorted(fields(text)).reverse()),
  },
  {
    mistake: 'characters beyond ASCII written as \\u escapes',
    take: (text) => escaped(jsonObject(sorted(filled(text)))),
  },
  { mistake: 'taken as received, with its spaces and line breaks', take: (text) => text.trim() },
  { mistake: 'taken with the line break or spaces around it', take: (text) => text },
];

const inners: Way<(key: string, body: string) => string>[] = [
  { mistake: null, take: (key, body) => hmac(key, body).toString('hex') },
  { mistake: 'upper-case instead of lower-case hex', take: (key, body) => upper(hmac(key, body)) },
  { mistake: 'Base64 instead of hex', take: (key, body) => hmac(key, body).toString('base64') },
  { mistake: 'plain SHA-256 without the access key', take: (_key, body) => sha256(body) },
  { mistake: 'left out: the body itself went into the string', take: (_key, body) => body },
];

const strings: Way<(parts: Signed, inner: string) => string>[] = [
  { mistake: null, take: ({ accessKey, nonce, timestamp }, inner) => accessKey + nonce + timestamp + inner },
  {
    mistake: 'the access key is missing in front',
    take: ({ nonce, timestamp }, inner) => nonce + timestamp + inner,
  },
  {
    mistake: 'timestamp in seconds instead of milliseconds',
    take: ({ accessKey, nonce, timestamp }, inner) => accessKey + nonce + timestamp.slice(0, -3) + inner,
  },
  {
    mistake: 'timestamp before nonce',
    take: ({ accessKey, nonce, timestamp }, inner) => accessKey + timestamp + nonce + inner,
  },
  {
    mistake: 'the nonce is missing',
    take: ({ accessKey, timestamp }, inner) => accessKey + timestamp + inner,
  },
  { mistake: 'the timestamp is missing', take: ({ accessKey, nonce }, inner) => accessKey + nonce + inner },
];

const outers: Way<(key: string, text: string) => string>[] = [
  { mistake: null, take: (key, text) => hmac(key, text).toString('hex') },
  { mistake: 'Base64 instead of hex', take: (key, text) => hmac(key, text).toString('base64') },
  { mistake: 'plain SHA-256 without the access key', take: (_key, text) => sha256(text) },
];

/**
 * Compares a signature with the right one and, when it differs, with those of all known mistakes and their
 * combinations; of several that match, the one with the fewest mistakes is told. Upper-case hex fits too
 * (domain.md 1.2). Throws `INVALID_REQUEST` when the body is not a JSON object.
 */
export function explainSignature({ signature, ...signed }: Signed & { signature: string }): SignatureVerdict {
  const given = signature.trim();
  const expected = sign(signed);
  if (given.toLowerCase() === expected) return { fits: true };

  const matches = [...candidates(signed)].filter(
    (c) => c.signature === given || c.signature === given.toLowerCase(),
  );
  const [nearest] = matches.sort((a, b) => a.mistakes.length - b.mistakes.length);
  const mistakes = nearest?.mistakes ?? [];
  const explanation =
    mistakes.map(({ step, what }) => `${step}: ${what}`).join('; ') ||
    'No known mistake explains it: access key, nonce, timestamp or body is not the one that was signed';
  return { fits: false, expected, mistakes, explanation };
}

/** The signature of every combination of ways. */
function* candidates(signed: Signed): Generator<{ signature: string; mistakes: Mistake[] }> {
  for (const body of bodies)
    for (const inner of inners)
      for (const string of strings)
        for (const outer of outers) {
          const digest = inner.take(signed.accessKey, body.take(signed.body));
          yield {
            signature: outer.take(signed.accessKey, string.take(signed, digest)),
            mistakes: [
              ...mistake('body', body),
              ...mistake('inner HMAC', inner),
              ...mistake('string to sign', string),
              ...mistake('outer HMAC', outer),
            ],
          };
        }
}

function mistake(step: SignatureStep, way: Way<unknown>): Mistake[] {
  return way.mistake === null ? [] : [{ step, what: way.mistake }];
}

type Fields = [string, unknown][];

function fields(text: string): Fields {
  return Object.entries(parseBody(text));
}

function filled(text: string): Fields {
  return fields(text).filter(([, value]) => value !== null);
}

function sorted(entries: Fields): Fields {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function escaped(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function upper(digest: Buffer): string {
  return digest.toString('hex').toUpperCase();
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
