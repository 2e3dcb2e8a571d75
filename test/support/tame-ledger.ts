import type { LedgerActivities } from '../../activities';
import type { RunKey } from '../../domain/ledger/bill';

/** A ledger of so many sellers with a transaction each, which remembers what was asked of it. */
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
    return Promise.resolve({ sellers: this.sellers, transactions: this.sellers, totals: [] });
  };

  previewRun = () => Promise.resolve({ closed: false, sellers: this.sellers, due: [], keptBack: [] });
}
