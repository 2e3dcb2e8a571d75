import type { Command } from 'commander';
import type { Io } from '../io';
import { orderBundleCommands } from './order-bundle';
import { orderDoCommand } from './order-do';
import { orderListCommand } from './order-list';
import { orderPlaceCommand } from './order-place';
import { orderShowCommand } from './order-show';

/** `steward order …`: hands orders over, reads them and moves them. */
export function orderCommand(program: Command, io: Io): void {
  const order = program.command('order').description('Place, read and move orders');
  orderPlaceCommand(order, io);
  orderShowCommand(order, io);
  orderListCommand(order, io);
  orderDoCommand(order, io);
  orderBundleCommands(order, io);
}
