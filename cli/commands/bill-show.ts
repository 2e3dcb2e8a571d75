import type { Command } from 'commander';
import { billText } from '../bill-text';
import type { Io } from '../io';
import { clientOf, print } from '../session';

/** `steward bill show ID`: what a bill pays, where it stands, whose move it is and what happened so far. */
export function billShowCommand(bill: Command, io: Io): void {
  bill
    .command('show')
    .description('Show what a bill pays, where it stands, whose move it is, and what happened so far')
    .argument('<billId>')
    .addHelpText('after', '\nExample:\n  steward bill show seller-1/202610/china/joint/CNY')
    .action(async (billId: string, _options: unknown, command: Command) => {
      print(command, io, await clientOf(command, io).bill(billId), billText);
    });
}
