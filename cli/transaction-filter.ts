import { Option, type Command } from 'commander';
import type { TransactionFilter } from '../client';
import { LISTED_BILLING_STATES } from '../domain/ledger/listed-transaction';
import { KEPT_BACK, TRANSACTION_KINDS } from '../domain/ledger/transaction';

/** The options by the names that commander gives them. */
export interface TransactionFilterOptions extends Pick<
  TransactionFilter,
  'period' | 'billingState' | 'keptBack' | 'currency' | 'kind' | 'completedFrom' | 'completedBefore'
> {
  seller?: string;
  order?: string;
}

/** Gives a command the options that narrow transactions. */
export function withTransactionFilter(command: Command): Command {
  return command
    .option('--seller <id>')
    .option('--order <id>')
    .option('--period <yyyymm>', 'account period, for example 202610')
    .addOption(new Option('--billing-state <state>').choices(LISTED_BILLING_STATES))
    .addOption(new Option('--kept-back <reason>', 'why it is not billed yet').choices(KEPT_BACK))
    .option('--currency <code>', 'for example CNY')
    .addOption(new Option('--kind <kind>').choices(TRANSACTION_KINDS))
    .option(
      '--completed-from <time>',
      'completed or refunded then or later, for example 2026-10-01T00:00:00+08:00',
    )
    .option('--completed-before <time>', 'completed or refunded before');
}

/** What the API is asked for. */
export function transactionFilterOf(options: TransactionFilterOptions): TransactionFilter {
  const { seller, order, period, billingState, keptBack, currency, kind } = options;
  const { completedFrom, completedBefore } = options;
  return {
    ...{ period, billingState, keptBack, currency, kind, completedFrom, completedBefore },
    ...{ sellerId: seller, orderId: order },
  };
}
