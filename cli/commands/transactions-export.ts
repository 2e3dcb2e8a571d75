import { Option, type Command } from 'commander';
import type { ExportFormat } from '../../client';
import { EXPORT_FORMATS } from '../../domain/ledger/transaction-export';
import type { Io } from '../io';
import { save } from '../save';
import { clientOf, print } from '../session';
import { time } from '../table';
import {
  transactionFilterOf,
  withTransactionFilter,
  type TransactionFilterOptions,
} from '../transaction-filter';

interface ExportOptions extends TransactionFilterOptions {
  format: ExportFormat;
  out: string;
}

/** `steward transactions export`: has transactions kept as they are now, and fetches the file. */
export function transactionsExportCommand(transactions: Command, io: Io): void {
  withTransactionFilter(
    transactions
      .command('export')
      .description('Write transactions into a file (role seller, operator or platform)')
      .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
      .requiredOption('--out <file>', 'where to; it is there only once it is whole'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  steward transactions export --format xlsx --period 202610 --out 202610.xlsx',
    )
    .action(async ({ format, out, ...options }: ExportOptions, command: Command) => {
      const client = clientOf(command, io);
      const made = await client.exportTransactions(format, transactionFilterOf(options));
      await save(await client.downloadExport(made.exportId), out);
      print(command, io, { ...made, file: out }, ({ transactions: n, url, expiresAt }) => {
        return `${n} transactions are in ${out}. Until ${time(expiresAt)} the same file can be had from ${url}.`;
      });
    });
}
