import type { BillTotals, RunPreview, TransactionTotals } from '../../domain/ledger/bill';
import type { KeptBack } from '../../domain/ledger/transaction';
import { formatMoney } from '../../domain/money';
import { table } from '../table';
import type { Previewed } from './settle';
import type { Settled } from './settle-month';

/** Why transactions are not billed yet, for people. */
const REASONS: Record<KeptBack, string> = {
  SUPERVISION_NOT_FINISHED: 'supervision not finished',
  NOT_REPAID: 'customer has not repaid',
  FIVE_DAYS_OPEN: 'five-day right still open',
  SELLER_NOT_CERTIFIED: 'seller not certified',
  BILLING_DATE_NOT_REACHED: 'billing date not reached',
};

/** What runs have come to. */
export function settledText(runs: readonly Settled[]): string {
  return runs
    .map(({ site, period, before, sellers, transactions, totals, keptBack }) => {
      const was = before ? ' was billed before, nothing was to be done' : ' is billed';
      const head = `${site} ${period}${was}: ${counted(sellers, 'seller')}, ${counted(transactions, 'transaction')}`;
      return [head, ...totalsTable(totals), ...keptBackTable(keptBack)].join('\n');
    })
    .join('\n\n');
}

/** What runs would do. */
export function previewText(previews: readonly Previewed[]): string {
  return previews
    .map(({ site, period, closed, sellers, due, keptBack }) => {
      const head = closed
        ? `${site} ${period} is billed already; what is due now comes with a later month`
        : `${site} ${period} would be billed: ${counted(sellers, 'seller')}`;
      return [head, ...dueTable(due), ...keptBackTable(keptBack)].join('\n');
    })
    .join('\n\n');
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** The amounts of bills; what seldom happens is shown when it does. */
const BILL_AMOUNTS = [
  { title: 'gross', of: 'grossMinor' },
  { title: 'refunds', of: 'refundsMinor' },
  { title: 'fee', of: 'feeMinor' },
  { title: 'net', of: 'netMinor' },
  { title: 'carried in', of: 'carriedInMinor', seldom: true },
  { title: 'deposit', of: 'depositUsedMinor', seldom: true },
  { title: 'payable', of: 'payableMinor' },
  { title: 'carried over', of: 'carriedOutMinor', seldom: true },
  { title: 'owed', of: 'owedMinor', seldom: true },
] as const;

function totalsTable(totals: readonly BillTotals[]): string[] {
  if (totals.length === 0) return [];
  const amounts = BILL_AMOUNTS.filter(
    (amount) => !('seldom' in amount) || totals.some((bill) => bill[amount.of] !== 0),
  );
  const head = ['variant', 'bills', 'transactions', ...amounts.map(({ title }) => title)];
  const rows = totals.map((bill) => [
    bill.variant,
    String(bill.bills),
    String(bill.transactions),
    ...amounts.map(({ of }) => money(bill)(bill[of])),
  ]);
  return [table(head, rows)];
}

function dueTable(due: readonly TransactionTotals[]): string[] {
  return due.length === 0 ? [] : [table(['transactions', ...AMOUNTS], due.map(amountsRow))];
}

function keptBackTable(keptBack: RunPreview['keptBack']): string[] {
  if (keptBack.length === 0) return [];
  const rows = keptBack.map((kept) => [REASONS[kept.reason], ...amountsRow(kept)]);
  return ['', table(['kept back', 'transactions', ...AMOUNTS], rows)];
}

const AMOUNTS = ['gross', 'refunds', 'fee', 'net'];

function amountsRow(of: TransactionTotals): string[] {
  const { transactions, grossMinor, refundsMinor, feeMinor, netMinor } = of;
  return [String(transactions), ...[grossMinor, refundsMinor, feeMinor, netMinor].map(money(of))];
}

const money =
  ({ currency }: { currency: string }) =>
  (minor: number): string =>
    formatMoney({ currency, minor });
