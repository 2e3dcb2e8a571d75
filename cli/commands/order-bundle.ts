import type { Command } from 'commander';
import type { BundleRequestBody } from '../../client';
import { readData } from '../input';
import type { Io } from '../io';
import { orderText } from '../order-text';
import { clientOf, print } from '../session';

interface KeyOption {
  idempotencyKey?: string;
}

const KEY = [
  '--idempotency-key <key>',
  'under the same key it takes effect once (default: a fresh key)',
] as const;

/** `steward order request-unsubscription ID` and `withdraw-unsubscription ID`: bundles, which are one whole. */
export function orderBundleCommands(order: Command, io: Io): void {
  order
    .command('request-unsubscription')
    .description('Ask to unsubscribe a bundle, all its lines at once (role buyer)')
    .argument('<orderId>')
    .requiredOption(
      '--data <json>',
      'reason, and the amount of every line; or @FILE (@- for the standard input)',
    )
    .option(...KEY)
    .addHelpText(
      'after',
      '\nOrders that are no bundle: steward order do ID request-unsubscription.' +
        '\n\nExample:\n  steward order request-unsubscription CS2026112300001 --data @request.json' +
        '\nwith {"reason": "Not needed", "lines": [{"orderLineId": "…", "amount": {"currency": "CNY", "minor": 100}}]}',
    )
    .action(async (orderId: string, options: KeyOption & { data: string }, command: Command) => {
      // The API checks the body and names what is wrong with it.
      const data = (await readData('--data', options.data, io)) as BundleRequestBody;
      const answer = clientOf(command, io).requestBundleUnsubscription(orderId, data, keyOf(options));
      print(command, io, await answer, orderText);
    });

  order
    .command('withdraw-unsubscription')
    .description('Take that request back (role buyer)')
    .argument('<orderId>')
    .option(...KEY)
    .addHelpText('after', '\nExample:\n  steward order withdraw-unsubscription CS2026112300001')
    .action(async (orderId: string, options: KeyOption, command: Command) => {
      const answer = clientOf(command, io).withdrawBundleUnsubscription(orderId, keyOf(options));
      print(command, io, await answer, orderText);
    });
}

function keyOf({ idempotencyKey }: KeyOption): KeyOption {
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}
