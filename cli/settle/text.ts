import type { BillTotals, RunPreview, TransactionTotals } from '../../domain/ledger/bill';
import type { KeptBack } from '../../domain/ledger/transaction';
import { formatMoney } from '../../domain/money';
import { table } from '../table';
import type { Previewed, Settled } from './settle';

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
      const head = `${site} ${period}${was}: ${sellers} sellers, ${transactions} transactions`;
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
        : `${site} ${period} would be billed: ${sellers} sellers`;
      return [head, ...dueTable(due), ...keptBackTable(keptBack)].join('\n');
    })
    .join('\n\n');
}

function totalsTable(totals: readonly BillTotals[]): string[] {
  if (totals.length === 0) return [];
  const head = ['bills', 'transactions', 'gross', 'refunds', 'fee', 'net', 'payable', 'carried over', 'owed'];
  const rows = totals.map((of) => {
    const { bills, transactions, grossMinor, refundsMinor, feeMinor, netMinor } = of;
    const { payableMinor, carriedOutMinor, owedMinor } = of;
    const amounts = [grossMinor, refundsMinor, feeMinor, netMinor, payableMinor, carriedOutMinor, owedMinor];
    return [String(bills), String(transactions), ...amounts.map(money(of))];
  });
  return [table(head, rows)];
}

function dueTable(due: readonly TransactionTotals[]): string[] {
  return due.length === 0 ? [] : [table(['transactions', ...AMOUNTS], due.map(amountsRow))];
}

function keptBackTable(keptBack: RunPreview['keptBack']): string[] {
  if (keptBack.length === 0) return [];
  const rows = keptBack.map((kept) => [REASONS[kept.reason], ...amountsRow(kept)]);
  return [table(['kept back', 'transactions', ...AMOUNTS], rows)];
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
