import { Option, type Command } from 'commander';
import type { OrderFilter, StewardClient } from '../../client';
import { NODE_NAMES, STATUSES } from '../../domain/nodes';
import { WAITING_FOR } from '../../domain/parties';
import type { Io } from '../io';
import { linesTable } from '../order-text';
import { wholeList } from '../pages';
import { clientOf, print } from '../session';

/** The options by the names that commander gives them. */
interface ListOptions extends Pick<
  OrderFilter,
  'status' | 'node' | 'delivery' | 'waitingFor' | 'dueBefore' | 'cursor'
> {
  seller?: string;
  buyer?: string;
  all?: boolean;
}

/** `steward order list`: order lines by status, node, party or due time. */
export function orderListCommand(order: Command, io: Io): void {
  order
    .command('list')
    .description('List order lines, the newest first')
    .addOption(new Option('--status <status>').choices(STATUSES))
    .addOption(new Option('--node <node>', 'where in the flow').choices(NODE_NAMES))
    .option('--delivery <kind>', 'for example saas')
    .option('--seller <id>')
    .option('--buyer <id>')
    .addOption(new Option('--waiting-for <party>', 'whose move it is').choices(WAITING_FOR))
    .option('--due-before <time>', 'time limits that end before, for example 2026-11-23T18:00:00+08:00')
    .option('--cursor <cursor>', 'the page after this one')
    .option('--all', 'all pages')
    .addHelpText('after', '\nExample:\n  steward order list --waiting-for operator --all')
    .action(async (options: ListOptions, command: Command) => {
      print(command, io, await lines(clientOf(command, io), options), linesTable);
    });
}

function lines(client: StewardClient, { seller, buyer, all, ...rest }: ListOptions) {
  const filter = { ...rest, ...(seller && { sellerId: seller }), ...(buyer && { buyerId: buyer }) };
  return all ? wholeList(client.eachOrder(filter)) : client.listOrders(filter);
}
