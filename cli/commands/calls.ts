import type { Command } from 'commander';
import type { Page, SellerCall, StewardClient } from '../../client';
import type { Io } from '../io';
import { more, wholeList } from '../pages';
import { clientOf, print } from '../session';
import { NOTHING, table, time } from '../table';

interface CallsOptions {
  seller?: string;
  order?: string;
  cursor?: string;
  all?: boolean;
}

/** `steward calls`: the calls to sellers and what came of them (生产接口消息). */
export function callsCommand(program: Command, io: Io): void {
  program
    .command('calls')
    .description(
      'List the calls to sellers and what came of them, the newest first (role seller or operator)',
    )
    .option('--seller <id>')
    .option('--order <id>')
    .option('--cursor <cursor>', 'the page after this one')
    .option('--all', 'all pages')
    .addHelpText('after', '\nExample:\n  steward calls --order CS2026112300001')
    .action(async (options: CallsOptions, command: Command) => {
      print(command, io, await calls(clientOf(command, io), options), callsTable);
    });
}

function calls(client: StewardClient, { seller, order, cursor, all }: CallsOptions) {
  const filter = {
    ...(seller && { sellerId: seller }),
    ...(order && { orderId: order }),
    ...(cursor && { cursor }),
  };
  return all ? wholeList(client.eachSellerCall(filter)) : client.sellerCalls(filter);
}

function callsTable(page: Page<SellerCall>): string {
  if (page.items.length === 0) return 'No calls.';
  const rows = page.items.map((call) => [
    time(call.at),
    call.orderLineId,
    call.activity,
    String(call.attempt),
    call.ms === null ? NOTHING : `${call.ms} ms`,
    String(call.httpStatus ?? NOTHING),
    call.resultCode ?? NOTHING,
    outcome(call),
  ]);
  const head = ['when', 'line', 'activity', 'no.', 'took', 'http', 'code', 'what came of it'];
  return table(head, rows) + more(page);
}

/** A call without a duration is running, or Steward stopped in its middle. */
function outcome({ exception, ms }: SellerCall): string {
  return exception ?? (ms === null ? 'no answer yet' : 'answered');
}
