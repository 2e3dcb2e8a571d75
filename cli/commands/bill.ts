import type { Command } from 'commander';
import type { Io } from '../io';
import { billDoCommand } from './bill-do';
import { billListCommand } from './bill-list';
import { billShowCommand } from './bill-show';

/** `steward bill …`: reads bills and moves them. */
export function billCommand(program: Command, io: Io): void {
  const bill = program.command('bill').description('Read and move bills (role seller or operator)');
  billListCommand(bill, io);
  billShowCommand(bill, io);
  billDoCommand(bill, io);
}
