import type { Command } from 'commander';
import type { ListedTransaction, Page, StewardClient } from '../../client';
import { formatMoney } from '../../domain/money';
import type { Io } from '../io';
import { more, wholeList } from '../pages';
import { clientOf, print } from '../session';
import { NOTHING, table, time } from '../table';
import {
  transactionFilterOf,
  withTransactionFilter,
  type TransactionFilterOptions,
} from '../transaction-filter';

interface ListOptions extends TransactionFilterOptions {
  cursor?: string;
  all?: boolean;
}

/** `steward transactions list`: amounts, and the bill or why there is none yet. */
export function transactionsListCommand(transactions: Command, io: Io): void {
  withTransactionFilter(
    transactions
      .command('list')
      .description('List transactions, those of the newest orders first (role seller, operator or platform)'),
  )
    .option('--cursor <cursor>', 'the page after this one')
    .option('--all', 'all pages')
    .addHelpText(
      'after',
      '\nExample:\n  steward transactions list --period 202610 --billing-state PENDING --all',
    )
    .action(async (options: ListOptions, command: Command) => {
      print(command, io, await list(clientOf(command, io), options), transactionsTable);
    });
}

function list(client: StewardClient, { cursor, all, ...options }: ListOptions) {
  const filter = { ...transactionFilterOf(options), ...(cursor && { cursor }) };
  return all ? wholeList(client.eachTransaction(filter)) : client.transactions(filter);
}

function transactionsTable(page: Page<ListedTransaction>): string {
  if (page.items.length === 0) return 'No transactions.';
  const rows = page.items.map((transaction) => [
    transaction.orderLineId,
    transaction.sellerId,
    transaction.kind,
    time(transaction.completedAt),
    formatMoney(transaction.gross),
    formatMoney(transaction.fee),
    formatMoney(transaction.net),
    transaction.accountPeriod ?? NOTHING,
    transaction.billId ?? transaction.keptBack ?? NOTHING,
  ]);
  const head = [
    'line',
    'seller',
    'kind',
    'completed',
    'gross',
    'fee',
    'net',
    'period',
    'bill, or why there is none',
  ];
  return table(head, rows) + more(page);
}
