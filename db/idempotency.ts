import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '../domain/parties';
import { canonicalHash } from './canonical-hash';
import type { Database } from './connect';
import { decryptText, encryptText, type Place } from './encryption';
import type { Keyring } from './keyring';
import { idempotencyKeys } from './schema';

/** A caller's `Idempotency-Key`. Keys of different callers never meet. */
export interface IdempotencySlot {
  role: Role;
  sub: string;
  key: string;
}

/** What was answered; `body` is a JSON value, kept encrypted since it may hold personal data. */
export interface RememberedAnswer {
  status: number;
  body: unknown;
}

/**
 * What a key stands for now.
 * - `new`: never seen, now marked as running;
 * - `same-running`: the same request is being answered, or Steward stopped before it was. Do it again: the
 *   update id, made of the same parts, makes it join the first;
 * - `answered`: the same request was answered so;
 * - `reused`: it stands for another request (409 `IDEMPOTENCY_KEY_REUSED`).
 */
export type IdempotencyState =
  | { kind: 'new' }
  | { kind: 'same-running' }
  | { kind: 'answered'; answer: RememberedAnswer }
  | { kind: 'reused' };

/** Claims a key for a request. `request` is what must be the same: method, path and body. */
export async function beginIdempotent(
  db: Database,
  keys: Keyring,
  slot: IdempotencySlot,
  request: unknown,
): Promise<IdempotencyState> {
  const requestSha256 = canonicalHash(request);
  const row = { ...slot, requestSha256, createdAt: Date.now() };
  const made = await db
    .insert(idempotencyKeys)
    .values(row)
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (made.length > 0) return { kind: 'new' };
  const [kept] = await db.select().from(idempotencyKeys).where(isSlot(slot));
  // Forgotten in this very moment by the first request.
  if (!kept) return beginIdempotent(db, keys, slot, request);
  if (kept.requestSha256 !== requestSha256) return { kind: 'reused' };
  if (kept.status === null || kept.answerEncrypted === null) return { kind: 'same-running' };
  const body = JSON.parse(decryptText(keys, answerPlace(slot), kept.answerEncrypted)) as unknown;
  return { kind: 'answered', answer: { status: kept.status, body } };
}

/** Keeps the answer of a request; the first answer stays, also when the key was forgotten in between. */
export async function rememberAnswer(
  db: Database,
  keys: Keyring,
  slot: IdempotencySlot,
  request: unknown,
  { status, body }: RememberedAnswer,
): Promise<void> {
  const answer = { status, answerEncrypted: encryptText(keys, answerPlace(slot), JSON.stringify(body)) };
  const requestSha256 = canonicalHash(request);
  await db
    .insert(idempotencyKeys)
    .values({ ...slot, requestSha256, createdAt: Date.now(), ...answer })
    .onConflictDoUpdate({
      target: [idempotencyKeys.role, idempotencyKeys.sub, idempotencyKeys.key],
      set: answer,
      setWhere: sql`${idempotencyKeys.status} is null and ${idempotencyKeys.requestSha256} = ${requestSha256}`,
    });
}

/** Frees a key whose request was refused without a trace; an answer that is kept stays. */
export async function forgetIdempotent(db: Database, slot: IdempotencySlot): Promise<void> {
  await db.delete(idempotencyKeys).where(and(isSlot(slot), isNull(idempotencyKeys.status)));
}

function isSlot({ role, sub, key }: IdempotencySlot) {
  const { role: roles, sub: subs, key: keysColumn } = idempotencyKeys;
  return and(eq(roles, role), eq(subs, sub), eq(keysColumn, key));
}

/** Where the answer under a key is encrypted to. */
export const answerPlace = ({ role, sub, key }: Record<keyof IdempotencySlot, string>): Place => [
  'idempotency_keys',
  role,
  sub,
  key,
  'answer',
];
