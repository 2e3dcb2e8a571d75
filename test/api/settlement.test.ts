import { eq } from 'drizzle-orm';
import { deposits, journalEntries } from '../../db/ledger/schema';
import { orderLines } from '../../db/schema';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let platform: Caller;
beforeAll(async () => {
  rig = await startRig();
  platform = rig.as('platform');
  await registerSeller(rig);
});
afterAll(() => rig.close());

const AT = '2026-10-20T10:00:00+08:00';
const SAME = '2026-10-20T02:00:00.000Z';
const LATER = '2026-10-21T10:00:00+08:00';

async function placeOnCredit(orderId: string, lines = [{}]): Promise<void> {
  const body = orderBody(orderId, lines);
  await platform.place({ ...body, buyer: { ...body.buyer, credit: true } });
}

const repaidOf = async (orderId: string) =>
  (await rig.db.select().from(orderLines).where(eq(orderLines.orderId, orderId))).map(
    ({ repaidAt }) => repaidAt,
  );

describe('record-repayment', () => {
  it('is for all lines of the order, and the same again changes nothing', async () => {
    await placeOnCredit('O1', [{ orderLineId: 'O1-A' }, { orderLineId: 'O1-B' }]);
    const answer = await platform.repay('O1', { at: AT });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ orderId: 'O1', repaidAt: '2026-10-20T10:00:00.000+08:00' });
    expect(await repaidOf('O1')).toEqual([Date.parse(AT), Date.parse(AT)]);
    expect((await platform.repay('O1', { at: SAME })).body).toEqual(answer.body);
  });

  it('keeps the time that it was told first', async () => {
    await placeOnCredit('O2');
    await platform.repay('O2', { at: AT });
    expectProblem(await platform.repay('O2', { at: LATER }), 409, 'REPAID_BEFORE');
    expect(await repaidOf('O2')).toEqual([Date.parse(AT)]);
  });

  it('of fifty at once takes one', async () => {
    await placeOnCredit('O3');
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => platform.repay('O3', { at: n % 2 === 0 ? AT : LATER })),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(25);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(25);
  });

  it('gives the same answer under the same key, and no other order under it', async () => {
    await placeOnCredit('O4');
    await placeOnCredit('O5');
    const headers = { 'idempotency-key': 'repaid-4' };
    const first = await platform.repay('O4', { at: AT }, headers);
    expect(first.status).toBe(200);
    expect((await platform.repay('O4', { at: AT }, headers)).body).toEqual(first.body);
    expectProblem(await platform.repay('O5', { at: AT }, headers), 409, 'IDEMPOTENCY_KEY_REUSED');
    expect(await repaidOf('O5')).toEqual([null]);
  });

  it('is refused for an order that is not on credit, that is unknown, or for a time to come', async () => {
    await platform.place(orderBody('O6'));
    expectProblem(await platform.repay('O6', { at: AT }), 409, 'NOT_ON_CREDIT');
    expectProblem(await platform.repay('O-unknown', { at: AT }), 404, 'NOT_FOUND');
    await placeOnCredit('O7');
    const soon = new Date(Date.now() + 60_000).toISOString();
    expectProblem(await platform.repay('O7', { at: soon }), 400, 'INVALID_REQUEST');
    expectProblem(await platform.repay('O7', { at: '2026-10-20' }), 400, 'INVALID_REQUEST');
    expect(await repaidOf('O7')).toEqual([null]);
  });

  it('is the platform’s business', async () => {
    for (const role of ['seller', 'buyer', 'carrier', 'operator'] as const) {
      expectProblem(await rig.as(role).repay('O1', { at: AT }), 403, 'FORBIDDEN');
    }
  });
});

describe('record-deposit', () => {
  const amount = { currency: 'CNY', minor: 500_000 };
  const entries = (depositId: string) =>
    rig.db
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.key, `deposit/${depositId}`));

  it('is taken once for its id', async () => {
    const answer = await platform.deposit('S1', { depositId: 'D1', amount });
    expect(answer).toMatchObject({ status: 200, body: { sellerId: 'S1', depositId: 'D1', amount } });
    const again = await Promise.all(
      Array.from({ length: 50 }, () => platform.deposit('S1', { depositId: 'D1', amount })),
    );
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await entries('D1')).toHaveLength(1);
  });

  it('is refused under the id of another amount, currency or seller', async () => {
    await registerSeller(rig, 'S2');
    await platform.deposit('S1', { depositId: 'D2', amount });
    for (const [seller, other] of [
      ['S1', { ...amount, minor: 1 }],
      ['S1', { ...amount, currency: 'USD' }],
      ['S2', amount],
    ] as const) {
      const answer = await platform.deposit(seller, { depositId: 'D2', amount: other });
      expectProblem(answer, 409, 'DEPOSIT_CONFLICT');
    }
    expect(await rig.db.select().from(deposits).where(eq(deposits.id, 'D2'))).toMatchObject([
      { sellerId: 'S1', currency: 'CNY', amountMinor: 500_000 },
    ]);
  });

  it('needs a seller, and an amount', async () => {
    expectProblem(await platform.deposit('S9', { depositId: 'D3', amount }), 404, 'NOT_FOUND');
    for (const minor of [0, -1, 0.5]) {
      const answer = await platform.deposit('S1', { depositId: 'D3', amount: { ...amount, minor } });
      expectProblem(answer, 400, 'INVALID_REQUEST');
    }
    expect(await entries('D3')).toEqual([]);
  });

  it('is the platform’s business', async () => {
    for (const role of ['seller', 'buyer', 'carrier', 'operator'] as const) {
      expectProblem(await rig.as(role, 'S1').deposit('S1', { depositId: 'D4', amount }), 403, 'FORBIDDEN');
    }
  });
});
