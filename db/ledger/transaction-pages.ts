import type { ListedTransaction, TransactionFilter } from '../../domain/ledger/listed-transaction';
import type { Database } from '../connect';
import { readTransactions, shown, type TransactionPosition } from './list-transactions';

/** How many transactions are read and written at a time: all that is ever in memory of a file of them. */
const TRANSACTIONS_A_PAGE = 1_000;

/**
 * All transactions of a filter, a page at a time, in the order of lists. They are of one moment only where that cannot
 * change, or in a transaction that sees one.
 *
 * @param now epoch milliseconds of the moment that the reasons are told for
 */
export async function* transactionPages(
  db: Database,
  filter: TransactionFilter,
  now = Date.now(),
): AsyncGenerator<ListedTransaction[], void, void> {
  let after: TransactionPosition | undefined;
  do {
    const rows = await readTransactions(db, filter, { after, limit: TRANSACTIONS_A_PAGE, now });
    after = rows.length < TRANSACTIONS_A_PAGE ? undefined : rows.at(-1);
    if (rows.length > 0) yield rows.map(shown);
  } while (after);
}
