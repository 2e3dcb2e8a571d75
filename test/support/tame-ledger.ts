import type { LedgerActivities } from '../../activities';
import type { BillTotals, RunKey } from '../../domain/ledger/bill';

/** A ledger of so many sellers with a transaction of 100.00 CNY each, which remembers what was asked of it. */
export class TameLedger implements LedgerActivities {
  readonly opened: RunKey[] = [];
  /** The sellers billed, in order; a seller twice would be a step made twice. */
  readonly billed: string[] = [];
  readonly closed: RunKey[] = [];

  constructor(private readonly sellers: number) {}

  /** For a worker. */
  get activities(): LedgerActivities {
    const { openRun, billSellers, closeRun, previewRun } = this;
    return { openRun, billSellers, closeRun, previewRun };
  }

  openRun = (key: RunKey) => {
    this.opened.push(key);
    return Promise.resolve({ cutOff: 0, sellers: this.sellers, transactions: this.sellers, closed: false });
  };

  billSellers: LedgerActivities['billSellers'] = ({ after, limit }) => {
    const all = Array.from({ length: this.sellers }, (_, n) => `seller-${String(n).padStart(5, '0')}`);
    const left = all.filter((id) => after === null || id > after);
    const page = left.slice(0, limit);
    this.billed.push(...page);
    const counts = { sellers: page.length, bills: page.length, transactions: page.length };
    return Promise.resolve({ last: page.at(-1) ?? null, done: left.length <= limit, ...counts });
  };

  closeRun = (key: RunKey) => {
    this.closed.push(key);
    return Promise.resolve({ sellers: this.sellers, transactions: this.sellers, totals: this.totals });
  };

  private get totals(): BillTotals[] {
    const n = this.sellers;
    if (n === 0) return [];
    const none = {
      refundsMinor: 0,
      carriedInMinor: 0,
      depositUsedMinor: 0,
      owedMinor: 0,
      carriedOutMinor: 0,
    };
    const amounts = {
      grossMinor: n * 100_00,
      feeMinor: n * 10_00,
      netMinor: n * 90_00,
      payableMinor: n * 90_00,
    };
    return [{ variant: 'general', currency: 'CNY', bills: n, transactions: n, ...amounts, ...none }];
  }

  previewRun = () => Promise.resolve({ closed: false, sellers: this.sellers, due: [], keptBack: [] });
}
