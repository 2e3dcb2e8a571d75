import { Argument, type Command } from 'commander';
import type { CommandBody, CommandOptions, Command as LineCommand } from '../../client';
import { COMMAND_NAMES } from '../../domain/commands';
import { readData } from '../input';
import type { Io } from '../io';
import { lineText } from '../line-text';
import { clientOf, print } from '../session';

interface DoOptions {
  line?: string;
  data: string;
  idempotencyKey?: string;
}

/** `steward order do ID COMMAND`: gives a command to an order line. */
export function orderDoCommand(order: Command, io: Io): void {
  order
    .command('do')
    .description('Give a command to an order line; "steward order show" lists those that are possible')
    .argument('<orderId>')
    .addArgument(new Argument('<command>').choices(COMMAND_NAMES))
    .option('--line <orderLineId>', 'needed when the order has several lines')
    .option('--data <json>', 'what the command carries, or @FILE (@- for the standard input)', '{}')
    .option(
      '--idempotency-key <key>',
      'under the same key a command takes effect once (default: a fresh key)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steward order do CS2026112300001 restart-call' +
        `\n  steward order do CS2026112300001 confirm-release --data '{"note":"Removed by hand"}'`,
    )
    .action(async (orderId: string, name: LineCommand, options: DoOptions, command: Command) => {
      // The API checks the body against the command's schema and names what is wrong with it.
      const data = (await readData('--data', options.data, io)) as CommandBody<LineCommand>;
      const answer = await clientOf(command, io).command(orderId, name, data, howTo(options));
      print(command, io, answer, lineText);
    });
}

function howTo({ line, idempotencyKey }: DoOptions): CommandOptions {
  return {
    ...(line !== undefined && { orderLineId: line }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}
