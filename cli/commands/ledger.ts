import type { Command } from 'commander';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { print } from '../session';

/** `steward ledger …`: the books of what sellers are owed. */
export function ledgerCommand(program: Command, io: Io): void {
  const ledger = program.command('ledger').description('Look after the ledger');
  ledger
    .command('check')
    .description(
      'Check that the ledger balances, that nothing is missing and nothing is there twice; exit code 1 if not',
    )
    .addHelpText(
      'after',
      '\nIt reads DATABASE_URL, or what "steward up" keeps in its state folder, while that does not run, and changes' +
        '\nnothing. At most 100 findings of each kind are told.' +
        '\n\nExample:\n  steward ledger check',
    )
    .action(async (_options: unknown, command: Command) => {
      const { checkText, ledgerCheck } = lazy.ledger();
      const checked = await ledgerCheck(io.env);
      if (!checked.ok) io.exitCode = 1;
      print(command, io, checked, checkText);
    });
}
