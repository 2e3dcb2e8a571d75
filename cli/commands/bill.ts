import type { Command } from 'commander';
import type { Io } from '../io';
import { billDoCommand } from './bill-do';
import { billListCommand } from './bill-list';
import { billShowCommand } from './bill-show';
import { billStatementCommand } from './bill-statement';
import { billTransactionsCommand } from './bill-transactions';

/** `steward bill …`: reads bills, also as files, and moves them. */
export function billCommand(program: Command, io: Io): void {
  const bill = program.command('bill').description('Read and move bills (role seller or operator)');
  billListCommand(bill, io);
  billShowCommand(bill, io);
  billDoCommand(bill, io);
  billStatementCommand(bill, io);
  billTransactionsCommand(bill, io);
}
