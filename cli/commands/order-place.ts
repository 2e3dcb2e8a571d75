import type { Command } from 'commander';
import type { OrderBody } from '../../client';
import { readJson } from '../input';
import type { Io } from '../io';
import { orderText } from '../order-text';
import { clientOf, print } from '../session';

/** `steward order place FILE`: hands over a paid order, as the platform does. Repeating it changes nothing. */
export function orderPlaceCommand(order: Command, io: Io): void {
  order
    .command('place')
    .description('Hand over a paid order (role platform); the same order again changes nothing')
    .argument('<file>', 'JSON of the order; - reads the standard input')
    .addHelpText('after', '\nExample:\n  steward order place order.json')
    .action(async (file: string, _options: unknown, command: Command) => {
      // The API checks the body and names what is wrong with it.
      const body = (await readJson(file, io)) as OrderBody;
      print(command, io, await clientOf(command, io).placeOrder(body), orderText);
    });
}
