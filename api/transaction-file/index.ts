import type { Readable } from 'node:stream';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import type { ExportFormat } from '../../domain/ledger/transaction-export';
import { csvFile } from './csv';
import { xlsxFile } from './xlsx';

/** How transactions become a file, and what the file is for HTTP. */
export const TRANSACTION_FILES: Record<
  ExportFormat,
  { contentType: string; write: (pages: AsyncIterable<ListedTransaction[]>) => Readable }
> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxFile,
  },
};
