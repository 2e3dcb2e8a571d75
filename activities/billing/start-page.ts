import type { RunKey } from '../../domain/ledger/bill';
import type { BillDeps } from '.';
import type { BillsStarted } from '../contracts';

/** So many bills are read at once, and started one after the other: orders use the same server. */
const BILLS_A_PAGE = 100;

/** Starts the next bills whose workflows have not written anything, by id: those of a run, or of all. */
export async function startPage(
  { bills, billStarter, billWindows: windows }: BillDeps,
  { run, after }: { run?: RunKey; after: string | null },
): Promise<BillsStarted> {
  const page = await bills.unstarted({ ...(run && { run }), after, limit: BILLS_A_PAGE });
  for (const bill of page) {
    const { id, site, period, sellerId, variant, currency, transactions, payableMinor } = bill;
    const drawn = { id, site, period, sellerId, variant, currency, transactions, payableMinor };
    await billStarter.start({ bill: drawn, windows });
  }
  return { started: page.length, last: page.at(-1)?.id ?? null, done: page.length < BILLS_A_PAGE };
}
