import type { OpenDatabase } from '../../db/connect';
import {
  beginIdempotent,
  forgetIdempotent,
  rememberAnswer,
  type IdempotencySlot,
} from '../../db/idempotency';
import { idempotencyKeys } from '../../db/schema';
import { openTestDatabase, testKeys } from '../support/database';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const slot = (key: string, sub = 'S1'): IdempotencySlot => ({ role: 'seller', sub, key });
const close = { method: 'POST', path: '/v1/orders/O/close', body: { reason: 'a', refund: 1 } };
const begin = (of: IdempotencySlot, request: unknown = close) =>
  beginIdempotent(database.db, testKeys, of, request);
const remember = (of: IdempotencySlot, body: unknown, request: unknown = close) =>
  rememberAnswer(database.db, testKeys, of, request, { status: 200, body });

test('the same request under a key gets the first answer', async () => {
  const answer = { buyer: { name: '王小明' } };
  expect(await begin(slot('same'))).toEqual({ kind: 'new' });
  expect(await begin(slot('same'))).toEqual({ kind: 'same-running' });
  await remember(slot('same'), answer);
  const sameInOtherWords = { ...close, body: { refund: 1, reason: 'a' } };
  expect(await begin(slot('same'), sameInOtherWords)).toEqual({
    kind: 'answered',
    answer: { status: 200, body: answer },
  });
  expect(JSON.stringify(await database.db.select().from(idempotencyKeys))).not.toContain('王小明');
});

test('another request under a key is told so, before and after the answer', async () => {
  await begin(slot('reused'));
  const other = { ...close, body: { ...close.body, refund: 2 } };
  expect(await begin(slot('reused'), other)).toEqual({ kind: 'reused' });
  await remember(slot('reused'), {});
  expect(await begin(slot('reused'), other)).toEqual({ kind: 'reused' });
  expect(await begin(slot('reused'), { ...close, path: '/v1/orders/O/retry-refund' })).toEqual({
    kind: 'reused',
  });
});

test('a key of another caller is another key', async () => {
  await begin(slot('mine'));
  expect(await begin(slot('mine', 'S2'), 'anything')).toEqual({ kind: 'new' });
  expect(await begin({ ...slot('mine'), role: 'buyer' }, 'anything')).toEqual({ kind: 'new' });
});

test('of 20 at once one is new', async () => {
  const kinds = (await Promise.all(Array.from({ length: 20 }, () => begin(slot('race'))))).map(
    ({ kind }) => kind,
  );
  expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'same-running')).toHaveLength(19);
});

test('a refused request is forgotten, an answered one is not', async () => {
  await begin(slot('refused'));
  await forgetIdempotent(database.db, slot('refused'));
  expect(await begin(slot('refused'), 'another request')).toEqual({ kind: 'new' });
  await remember(slot('refused'), 'the answer', 'another request');
  await forgetIdempotent(database.db, slot('refused'));
  expect(await begin(slot('refused'), 'another request')).toMatchObject({ kind: 'answered' });
});

test('the first answer stays', async () => {
  await begin(slot('first'));
  await remember(slot('first'), 1);
  await remember(slot('first'), 2);
  expect(await begin(slot('first'))).toEqual({ kind: 'answered', answer: { status: 200, body: 1 } });
});

test('an answer is kept although a refused twin of the request freed the key', async () => {
  await begin(slot('twins'));
  await forgetIdempotent(database.db, slot('twins'));
  await remember(slot('twins'), 'done');
  expect(await begin(slot('twins'))).toMatchObject({ kind: 'answered', answer: { body: 'done' } });
});

test('an answer that comes after the key was given to another request does not become its answer', async () => {
  await begin(slot('late'), 'first');
  await forgetIdempotent(database.db, slot('late'));
  await begin(slot('late'), 'second');
  await remember(slot('late'), 'of the first', 'first');
  expect(await begin(slot('late'), 'second')).toEqual({ kind: 'same-running' });
});
