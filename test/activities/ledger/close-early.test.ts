import { createLedgerActivities } from '../../../activities/ledger';
import type { OpenDatabase } from '../../../db/connect';
import { billingRuns } from '../../../db/ledger/billing-runs';
import { accountPeriodOf, cutOffOf } from '../../../domain/ledger/account-period';
import { openTestDatabase } from '../../support/database';

/** Who may close a month that is not over: the worker of the demo, whoever asks for it. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const activities = (closesEarly?: boolean) =>
  createLedgerActivities({ billing: billingRuns(database.db), closesEarly });
const NOW = Date.now();
const PRESENT = { site: 'china', period: accountPeriodOf(NOW) } as const;

it.each([
  ['as of now', NOW],
  ['as of a moment to come', cutOffOf(PRESENT.period) + 1],
  ['as of its end', undefined],
])('a month that goes on is not closed %s', async (_name, asOf) => {
  await expect(activities().openRun({ ...PRESENT, asOf })).rejects.toMatchObject({
    type: 'PERIOD_NOT_OVER',
    nonRetryable: true,
  });
});

it('one that is over is billed as a whole, whatever was asked for', async () => {
  const run = { site: 'intl', period: '202501' } as const;
  const end = cutOffOf(run.period);
  expect(await activities().openRun({ ...run, asOf: end - 86_400_000 })).toMatchObject({ cutOff: end });
});

it('the demo closes it as of the moment that was asked for', async () => {
  expect(await activities(true).openRun({ ...PRESENT, asOf: NOW })).toMatchObject({ cutOff: NOW });
});
