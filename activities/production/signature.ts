import { createHmac, randomBytes } from 'node:crypto';
import { StewardError } from '../../domain/errors';

/** What the signature of one V2.0 call is made of (domain.md 1.2). */
export interface Signed {
  /** The seller's access key: it is both the HMAC key and the first part of the signed string. */
  accessKey: string;
  /** The text of the `nonce` parameter. */
  nonce: string;
  /** The text of the `timestamp` parameter: epoch milliseconds. */
  timestamp: string;
  /** The JSON body, in any order of keys; it is brought into its canonical form here. */
  body: string;
}

/**
 * The signature of a V2.0 call, in lower-case hex:
 * `HMAC(accessKey + nonce + timestamp + lowerHex(HMAC(canonical body)))`, SHA-256, UTF-8 (domain.md 1.2).
 */
export function sign({ accessKey, nonce, timestamp, body }: Signed): string {
  const inner = hmac(accessKey, canonicalBody(parseBody(body))).toString('hex');
  return hmac(accessKey, accessKey + nonce + timestamp + inner).toString('hex');
}

/**
 * The canonical form of a body: keys ascending, nulls dropped, compact. As in the Java sample of domain.md
 * 1.2 this holds for the top level (all published bodies are flat); nested values keep their own order and
 * nulls. Keys compare by UTF-16 code units, as in Java.
 */
export function canonicalBody(body: Record<string, unknown>): string {
  const entries = Object.entries(body).filter(([, value]) => value !== null);
  return jsonObject(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Reads a body's text. Throws `INVALID_REQUEST` when it is not a JSON object. */
export function parseBody(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new StewardError('INVALID_REQUEST', { problems: 'The body must be one JSON object' });
  }
  return body as Record<string, unknown>;
}

/** Compact JSON in just this order; a JavaScript object would move keys such as `"10"` to the front. */
export function jsonObject(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** HMAC-SHA256 over UTF-8 text. */
export function hmac(key: string, data: string): Buffer {
  return createHmac('sha256', key).update(data, 'utf8').digest();
}

/** A fresh nonce: 64 upper-case hex characters, as in the published samples (domain.md 1.1). */
export function freshNonce(): string {
  return randomBytes(32).toString('hex').toUpperCase();
}
