import type { Command } from 'commander';
import type { Io } from '../io';
import { transactionsExportCommand } from './transactions-export';
import { transactionsListCommand } from './transactions-list';

/** `steward transactions …`: what sellers have earned, and what of it is billed. */
export function transactionsCommand(program: Command, io: Io): void {
  const transactions = program
    .command('transactions')
    .description('List and export what sellers have earned');
  transactionsListCommand(transactions, io);
  transactionsExportCommand(transactions, io);
}
