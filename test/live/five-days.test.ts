import { eq } from 'drizzle-orm';
import { StewardApiError } from '../../client';
import { unsubscriptionQuotas } from '../../db/schema';
import type { CommandRequest, UpdateAnswer } from '../../domain/order-line';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';

/** Unsubscribing without reason on a real server: the last place of the year, and runs that follow each other. */

const IMAGE = {
  delivery: 'image',
  assetVersion: '2026.11-3',
  charging: { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } },
} as const;

let rig: LiveRig;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '20',
    // The server makes runs that follow each other within a second wait.
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ windows: 'standard', server: { dynamicConfig } });
});
afterAll(() => rig.end());
// Replays every run of every line.
afterEach(() => rig.expectAllSound());

/** The buyer has taken so many this year, and, lest the year ends meanwhile, in the next one. */
async function setUsed(used: number): Promise<void> {
  const { db } = rig.runtime.database;
  const year = new Date().getFullYear();
  await db.delete(unsubscriptionQuotas).where(eq(unsubscriptionQuotas.buyerId, 'buyer-1'));
  const rows = [year, year + 1].map((one) => ({ buyerId: 'buyer-1', year: one, used }));
  await db.insert(unsubscriptionQuotas).values(rows);
}

async function placeImage(): Promise<string> {
  const orderId = await rig.place(['open'], IMAGE);
  await rig.until(orderId, ({ node }) => node === 'FIVE_DAYS');
  return orderId;
}

/** What came of it. What is to be tried again is, under the same key. */
async function unsubscribe(orderId: string): Promise<string> {
  const tried = async (): Promise<string> => {
    try {
      const { unsubscription } = await rig
        .as('buyer')
        .client.command(orderId, 'unsubscribe', {}, { idempotencyKey: `of ${orderId}` });
      return unsubscription?.status ?? 'none';
    } catch (error) {
      if (error instanceof StewardApiError) return error.code;
      throw error;
    }
  };
  return eventually(tried, (outcome) => outcome !== 'TRY_AGAIN' && outcome !== 'UNREACHABLE', 120_000);
}

test('of fifty orders at once, one gets the last place of the year, and the others stay as they were', async () => {
  await setUsed(9);
  const orderIds: string[] = [];
  for (let n = 0; n < 50; n += 1) orderIds.push(await rig.place(['open'], IMAGE));
  await Promise.all(
    orderIds.map((orderId) => rig.until(orderId, ({ node }) => node === 'FIVE_DAYS', 120_000)),
  );

  const outcomes = await Promise.all(orderIds.map(unsubscribe));
  const spent = outcomes.filter((outcome) => outcome === 'QUOTA_SPENT');
  expect(spent).toHaveLength(49);
  const winner = orderIds[outcomes.findIndex((outcome) => outcome !== 'QUOTA_SPENT')]!;
  expect(await rig.ended(winner)).toMatchObject({ status: 'UNSUBSCRIBED' });
  const losers = orderIds.filter((orderId) => orderId !== winner);
  for (const orderId of losers) {
    expect(await rig.line(orderId)).toMatchObject({ node: 'FIVE_DAYS', status: 'COMPLETED' });
  }
  expect(orderIds.flatMap((orderId) => rig.refunds(orderId))).toHaveLength(1);

  // The same request gets the same refusal, whatever has changed since; a new one is looked at anew.
  await setUsed(-100);
  expect(await unsubscribe(losers[0]!)).toBe('QUOTA_SPENT');
  for (const orderId of losers) await rig.as('buyer').client.command(orderId, 'unsubscribe', {});
  for (const orderId of losers) expect(await rig.ended(orderId)).toMatchObject({ status: 'UNSUBSCRIBED' });
}, 600_000);

test('a line that goes on in a new run keeps the end of its days, and its refusals', async () => {
  await setUsed(10);
  const orderId = await placeImage();
  const { dueAt } = await rig.line(orderId);
  const ask = (updateId: string): Promise<unknown> =>
    rig.handle(orderId).executeUpdate<UpdateAnswer, [CommandRequest]>('unsubscribe', {
      updateId,
      args: [{ by: { role: 'buyer', sub: 'buyer-1' }, data: {} }],
    });
  const codeOf = (updateId: string): Promise<unknown> =>
    ask(updateId).then(
      () => 'taken',
      (error: unknown) => (error as { cause?: { type?: unknown } }).cause?.type,
    );
  // In the change to a new run the server may drop one.
  const refusedSoon = (updateId: string): Promise<unknown> =>
    eventually(
      () => codeOf(updateId),
      (code) => code === 'QUOTA_SPENT',
    );
  await refusedSoon('first');
  for (let n = 2; n <= 4; n += 1) await refusedSoon(`ask-${n}`);
  expect((await rig.histories(orderId)).length).toBeGreaterThan(1);
  expect(await rig.line(orderId)).toMatchObject({ node: 'FIVE_DAYS', dueAt, fiveDaysUntil: dueAt });

  // The server of a later run does not know the repeated command any more: the line does.
  await setUsed(0);
  expect(await refusedSoon('first')).toBe('QUOTA_SPENT');
  await rig.as('buyer').client.command(orderId, 'unsubscribe', {});
  expect(await rig.ended(orderId)).toMatchObject({
    status: 'UNSUBSCRIBED',
    unsubscription: { id: `${orderId}-000001-U5`, status: 'REFUNDED' },
  });
});

test('a worker that dies while it is asked loses nothing', async () => {
  await setUsed(9);
  const orderId = await placeImage();
  await rig.stopWorker();
  const asked = unsubscribe(orderId);
  await rig.startWorker();
  expect(await asked).not.toBe('QUOTA_SPENT');
  expect(await rig.ended(orderId)).toMatchObject({ status: 'UNSUBSCRIBED' });
  expect(rig.refunds(orderId)).toHaveLength(1);
});
