import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import { DECIMALS } from '../../domain/money';
import { COLUMNS, rowsOf } from './columns';

/**
 * Transactions as CSV (RFC 4180), read from their pages only as fast as the file is taken. With a byte order mark, by
 * which spreadsheet programs know UTF-8; a text that they would take for a formula begins with an apostrophe (OWASP,
 * CSV injection).
 */
export function csvFile(pages: AsyncIterable<ListedTransaction[]>): Readable {
  const csv = stringify({
    bom: true,
    header: true,
    columns: COLUMNS.map(({ header }) => header),
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { number: (amount) => amount.toFixed(DECIMALS) },
  });
  // What goes wrong ends the file before its time, and whoever reads it sees that.
  return pipeline(Readable.from(rowsOf(pages)), csv, () => undefined);
}
