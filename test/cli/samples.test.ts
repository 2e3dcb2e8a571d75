import { readSamples } from '../../cli/up/samples';
import { FLOWS } from '../../workflows/flows';

/** The files of `samples/`; how they end is in `up-demo.test.ts`. */

test('every kind that is built has a sample that is completed', async () => {
  const completed = (await readSamples()).filter(({ expected }) => expected === 'COMPLETED');
  const kinds = new Set(completed.flatMap(({ order }) => order.lines.map(({ delivery }) => delivery)));
  expect([...kinds].sort()).toEqual(Object.keys(FLOWS).sort());
});

test('they are in the order of their numbers, each an order of its own', async () => {
  const orderIds = (await readSamples()).map(({ order }) => order.orderId);
  expect(orderIds.slice(0, 2)).toEqual(['CS2611-OPENED-AT-ONCE', 'CS2611-ACCEPTED-THEN-READY']);
  expect(orderIds.at(-1)).toBe('CS2611-LEFT-OPEN');
  expect(new Set(orderIds).size).toBe(orderIds.length);
});
