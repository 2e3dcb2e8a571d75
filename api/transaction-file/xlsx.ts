import { Readable } from 'node:stream';
import { writeXlsxStream } from 'hucre/xlsx';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import { DECIMALS } from '../../domain/money';
import { COLUMNS, rowsOf } from './columns';

/** How spreadsheet programs show a column; what is text stays text, also when somebody edits it. */
const NUMBER_FORMATS = { text: '@', amount: `0.${'0'.repeat(DECIMALS)}` };

/**
 * Transactions as an Excel workbook, read from their pages only as fast as the file is taken. Texts are written as
 * such, so that none is a formula; amounts are numbers, to be summed up. What does not fit on a sheet goes on on the
 * next.
 */
export function xlsxFile(pages: AsyncIterable<ListedTransaction[]>): Readable {
  const columns = COLUMNS.map(({ header, width, holds }) => ({
    ...{ header, width, numFmt: NUMBER_FORMATS[holds] },
  }));
  const name = '交易明细 Transactions';
  const file = writeXlsxStream(rowsOf(pages), { name, columns, freezePane: { rows: 1 } });
  return Readable.fromWeb(file);
}
