import { Option, type Command } from 'commander';
import type { ExportFormat } from '../../client';
import { EXPORT_FORMATS } from '../../domain/ledger/transaction-export';
import type { Io } from '../io';
import { save } from '../save';
import { clientOf, print } from '../session';

interface TransactionsOptions {
  format: ExportFormat;
  out: string;
}

/** `steward bill transactions ID`: fetches what a bill is made of, one transaction to a row. */
export function billTransactionsCommand(bill: Command, io: Io): void {
  bill
    .command('transactions')
    .description('Write the transactions of a bill into a file')
    .argument('<billId>')
    .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to; it is there only once it is whole')
    .addHelpText(
      'after',
      '\nExample:\n  steward bill transactions seller-1/202610/china/joint/CNY --format xlsx --out 202610.xlsx',
    )
    .action(async (billId: string, { format, out }: TransactionsOptions, command: Command) => {
      await save(await clientOf(command, io).downloadBillTransactions(billId, format), out);
      print(command, io, { billId, format, file: out }, () => `The transactions of ${billId} are in ${out}.`);
    });
}
