import { createHmac, timingSafeEqual } from 'node:crypto';

const FRESH = 60_000;

/**
 * Checks the query of V2.0 calls as the published Java sample does (domain.md 1.1, 1.2), and remembers
 * nonces as the documentation recommends. Gives 000000 for a genuine call. It shares no code with
 * Steward's own signing, so that each of the two proves the other.
 */
export function createVerifier() {
  const nonces = new Map<string, number>();

  return function verify(
    accessKey: string,
    query: URLSearchParams,
    body: object,
  ): '000000' | '000001' | '000002' {
    const timestamp = query.get('timestamp') ?? '';
    const nonce = query.get('nonce') ?? '';
    const now = Date.now();
    for (const [old, at] of nonces) if (now - at > 2 * FRESH) nonces.delete(old);
    const fresh = /^\d{13}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= FRESH;
    if (!fresh || nonce === '' || nonces.has(nonce)) return '000002';

    const hmac = (text: string) => createHmac('sha256', accessKey).update(text, 'utf8').digest();
    const filled = Object.entries(body).filter(([, value]) => value !== null);
    const payload = JSON.stringify(Object.fromEntries(filled.sort(([a], [b]) => (a < b ? -1 : 1))));
    const expected = hmac(accessKey + nonce + timestamp + hmac(payload).toString('hex'));
    const given = Buffer.from(query.get('signature') ?? '', 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return '000001';
    nonces.set(nonce, now);
    return '000000';
  };
}
