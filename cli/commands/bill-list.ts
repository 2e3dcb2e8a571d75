import { Option, type Command } from 'commander';
import type { BillFilter, StewardClient } from '../../client';
import { BILL_NODE_NAMES } from '../../domain/billing/nodes';
import { billsTable } from '../bill-text';
import type { Io } from '../io';
import { wholeList } from '../pages';
import { clientOf, print } from '../session';

/** The options by the names that commander gives them. */
interface ListOptions extends Pick<BillFilter, 'period' | 'node' | 'cursor'> {
  seller?: string;
  all?: boolean;
}

/** `steward bill list`: bills by seller, month or node. */
export function billListCommand(bill: Command, io: Io): void {
  bill
    .command('list')
    .description('List bills, those of the newest months first')
    .option('--seller <id>')
    .option('--period <yyyymm>', 'the month that was billed, for example 202610')
    .addOption(new Option('--node <node>', 'where it stands').choices(BILL_NODE_NAMES))
    .option('--cursor <cursor>', 'the page after this one')
    .option('--all', 'all pages')
    .addHelpText('after', '\nExample:\n  steward bill list --period 202610 --node AWAITING_INVOICE --all')
    .action(async (options: ListOptions, command: Command) => {
      print(command, io, await list(clientOf(command, io), options), billsTable);
    });
}

function list(client: StewardClient, { seller, all, ...rest }: ListOptions) {
  const filter = { ...rest, ...(seller && { sellerId: seller }) };
  return all ? wholeList(client.eachBill(filter)) : client.bills(filter);
}
