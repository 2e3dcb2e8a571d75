import type { Command } from 'commander';
import type { Io } from '../io';
import { orderText } from '../order-text';
import { clientOf, print } from '../session';

/** `steward order show ID`: where an order stands, whose move it is and what happened so far. */
export function orderShowCommand(order: Command, io: Io): void {
  order
    .command('show')
    .description('Show where an order stands, whose move it is, and what happened so far')
    .argument('<orderId>')
    .addHelpText('after', '\nExample:\n  steward order show CS2026112300001')
    .action(async (orderId: string, _options: unknown, command: Command) => {
      print(command, io, await clientOf(command, io).getOrder(orderId), orderText);
    });
}
