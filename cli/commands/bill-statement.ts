import type { Command } from 'commander';
import type { Io } from '../io';
import { save } from '../save';
import { clientOf, print } from '../session';

/** `steward bill statement ID`: fetches what a bill comes to, on paper. */
export function billStatementCommand(bill: Command, io: Io): void {
  bill
    .command('statement')
    .description('Write the statement of a bill into a PDF file')
    .argument('<billId>')
    .requiredOption('--out <file>', 'where to; it is there only once it is whole')
    .addHelpText(
      'after',
      '\nExample:\n  steward bill statement seller-1/202610/china/joint/CNY --out statement.pdf',
    )
    .action(async (billId: string, { out }: { out: string }, command: Command) => {
      await save(await clientOf(command, io).downloadBillStatement(billId), out);
      print(command, io, { billId, file: out }, () => `The statement of ${billId} is in ${out}.`);
    });
}
