import { eq } from 'drizzle-orm';
import { orderLines } from '../../db/schema';
import type { OrderLineStart } from '../../domain/order-line';
import { orderBody, registerSeller, startRig, type Rig } from './rig';

/** A line keeps the rules and amounts that it began with, also those that this release no longer gives. */

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
});
afterAll(() => rig.close());

it('a line that began with other windows and another currency is still read', async () => {
  await rig.as('platform').place(orderBody('O1'));
  const [row] = await rig.db.select({ start: orderLines.start }).from(orderLines);
  const { line } = row!.start;
  const windows = { sellerCall: 5_000, windowOfLongAgo: 1 };
  const start = { line: { ...line, amount: { currency: 'JPY', minor: 100 } }, windows };
  await rig.db
    .update(orderLines)
    .set({ start: start as unknown as OrderLineStart })
    .where(eq(orderLines.orderId, 'O1'));

  const answer = await rig.as('operator').order('O1');
  expect(answer.status).toBe(200);
  expect(answer.body.lines[0]).toMatchObject({ windows, amount: { currency: 'JPY', minor: 100 } });
  expect((await rig.as('operator').orders()).status).toBe(200);
});
