import { accountPeriodOf } from '../../domain/ledger/account-period';
import { lookText } from '../../cli/settle/ticker';
import { settledText } from '../../cli/settle/text';
import { TEST_CODEC_KEYS } from '../support/keys';
import { steward } from './steward';

const env = { STEWARD_CODEC_KEYS: TEST_CODEC_KEYS };

it.each([
  ['2026-10', 'PERIOD_INVALID: "2026-10" is no month; one is written like 202610'],
  ['202613', 'PERIOD_INVALID'],
  [accountPeriodOf(Date.now()), 'PERIOD_NOT_OVER'],
  [
    '209912',
    'PERIOD_NOT_OVER: Month 209912 can be settled when it is over, from 2100-01-01 00:00:00 (UTC+8) on',
  ],
])('refuses %s before it asks Temporal', async (period, words) => {
  for (const more of [[], ['--dry-run']]) {
    const { exitCode, stdout, stderr } = await steward(['settle', '--period', period, ...more], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
  }
});

it.each([[['settle']], [['settle', '--period', '202610', '--site', 'europe']]])(
  '%j is wrong usage',
  async (args) => {
    expect(await steward(args, { env })).toMatchObject({ exitCode: 2, stdout: '' });
  },
);

it('says how far a run is, and what keeps it', () => {
  const key = { site: 'china', period: '202610' } as const;
  const done = { sellers: 40, transactions: 19_000, bills: 41 };
  const progress = { ...key, phase: 'BILLING', due: { sellers: 200, transactions: 100_000 }, done } as const;
  expect(lookText({ ...key, progress, trouble: null })).toBe(
    'china 202610  BILLING  40 of 200 sellers, 19000 of 100000 transactions, 41 bills',
  );
  expect(lookText({ ...key, progress: null, trouble: null })).toBe('china 202610  waits for a worker');
  const opening = { ...progress, phase: 'OPENING', due: null } as const;
  expect(lookText({ ...key, progress: opening, trouble: 'Earlier\u001b[2J\nmonth' })).toBe(
    'china 202610  OPENING  is tried again: Earlier[2J month',
  );
});

it('says what a run has come to, variants and currencies apart, and what it kept back', () => {
  const sums = { grossMinor: 1_000_00, refundsMinor: -100_00, feeMinor: 90_00, netMinor: 810_00 };
  const rest = {
    carriedInMinor: -5_00,
    depositUsedMinor: 0,
    owedMinor: 0,
    payableMinor: 805_00,
    carriedOutMinor: 0,
  };
  const text = settledText([
    {
      ...{ site: 'china', period: '202610', workflowId: 'settlement/china/202610', before: false },
      ...{ sellers: 2, transactions: 5 },
      totals: [{ variant: 'joint', currency: 'CNY', bills: 2, transactions: 5, ...sums, ...rest }],
      keptBack: [{ reason: 'NOT_REPAID', currency: 'USD', transactions: 1, ...sums }],
    },
  ]);
  expect(text.split('\n')).toEqual([
    'china 202610 is billed: 2 sellers, 5 transactions',
    expect.stringMatching(/^VARIANT +BILLS +TRANSACTIONS +GROSS +REFUNDS +FEE +NET +CARRIED IN +PAYABLE$/),
    expect.stringMatching(
      /^joint +2 +5 +1000\.00 CNY +-100\.00 CNY +90\.00 CNY +810\.00 CNY +-5\.00 CNY +805\.00 CNY$/,
    ),
    '',
    expect.stringMatching(/^KEPT BACK +TRANSACTIONS/),
    expect.stringMatching(/^customer has not repaid +1 +1000\.00 USD/),
  ]);
});
