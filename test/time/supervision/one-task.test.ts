import { setTimeout as sleep } from 'node:timers/promises';
import { Rig } from '../../support/rig';
import { requestUnsubscription } from '../../support/supervised';

/** What comes in the task in which the calendar is asked comes before its answer. */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const place = async () => {
  const line = await rig.placeLine({ delivery: 'license-offline' });
  await line.quiet();
  await rig.stopWorker();
  return line;
};

test('a close: the seller is not asked for a verdict', async () => {
  const line = await place();
  const requested = requestUnsubscription(line);
  await sleep(300);
  const refund = { currency: 'CNY', minor: 0 };
  const closed = line.command('close', 'operator', { reason: 'Fraud', refund });
  await sleep(300);
  await rig.startWorker();
  await Promise.all([requested, closed]);
  expect(await line.ended()).toEqual({ status: 'CLOSED' });
  expect(await line.mails()).toEqual(['your-move seller', 'closed buyer', 'closed seller']);
});
