import { Argument, type Command } from 'commander';
import type { BillBody, BillCommand, KeyOptions } from '../../client';
import { BILL_COMMAND_NAMES } from '../../domain/billing/commands';
import { billText } from '../bill-text';
import { readData } from '../input';
import type { Io } from '../io';
import { clientOf, print } from '../session';

interface DoOptions extends KeyOptions {
  data: string;
}

/** `steward bill do ID COMMAND`: gives a command to a bill. */
export function billDoCommand(bill: Command, io: Io): void {
  bill
    .command('do')
    .description('Give a command to a bill; "steward bill show" lists those that are possible')
    .argument('<billId>')
    .addArgument(new Argument('<command>').choices(BILL_COMMAND_NAMES))
    .option('--data <json>', 'what the command carries, or @FILE (@- for the standard input)', '{}')
    .option(
      '--idempotency-key <key>',
      'under the same key a command takes effect once (default: a fresh key)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steward bill do seller-1/202610/china/joint/CNY confirm-bill' +
        `\n  steward bill do seller-1/202610/china/joint/CNY record-payment --data '{"paymentId":"P-1"}'`,
    )
    .action(async (billId: string, name: BillCommand, options: DoOptions, command: Command) => {
      const { data, idempotencyKey } = options;
      // The API checks the body against the command's schema and names what is wrong with it.
      const body = (await readData('--data', data, io)) as BillBody<BillCommand>;
      const key = idempotencyKey === undefined ? {} : { idempotencyKey };
      print(command, io, await clientOf(command, io).billCommand(billId, name, body, key), billText);
    });
}
