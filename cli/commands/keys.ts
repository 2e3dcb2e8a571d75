import { Argument, type Command } from 'commander';
import type { Reencrypted } from '../../db/reencrypt';
import type { KeyName } from '../keys';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { moment } from '../option-values';
import { print } from '../session';

const STORE =
  '\nIt reads DATABASE_URL and the keys of its environment, or what "steward up" keeps in its state folder, while' +
  '\nthat does not run.';

/** `steward keys …`: rotation of secrets, as docs/keys.md tells step by step. */
export function keysCommand(program: Command, io: Io): void {
  const keys = program.command('keys').description('Make and rotate keys');
  keys
    .command('make')
    .description('Make a fresh key; it is kept nowhere')
    .addArgument(new Argument('<for>', 'what it is for').choices(['master', 'codec', 'jwt', 'webhook']))
    .addHelpText('after', '\nExample:\n  steward keys make master')
    .action((name: KeyName, _options: unknown, command: Command) => {
      print(command, io, lazy.keys().makeKey(name), ({ value }) => value);
    });
  keys
    .command('status')
    .description(
      'Tell which keys are still needed, and for how many stored values; exit code 1 if one is missing',
    )
    .option(
      '--codec-since <time>',
      'counts the runs that began before the last process got its present first codec key; ISO 8601 with offset',
      moment,
    )
    .addHelpText(
      'after',
      `${STORE}\n\nExample:\n  steward keys status --codec-since 2026-11-24T18:00:00+08:00`,
    )
    .action(async ({ codecSince }: { codecSince?: number }, command: Command) => {
      const { keyStatus, statusText } = lazy.keys();
      const status = await keyStatus(io.env, codecSince);
      if (status.master.some(({ use }) => use === 'missing')) io.exitCode = 1;
      print(command, io, status, statusText);
    });
  keys
    .command('reencrypt')
    .description(
      'Move what stands under an older master key to the first one; exit code 1 if something cannot be read',
    )
    .addHelpText(
      'after',
      `${STORE} Workers and APIs go on meanwhile. Stopped in the middle, it goes on at its next call.` +
        '\n\nExample:\n  steward keys reencrypt',
    )
    .action(async (_options: unknown, command: Command) => {
      const done = await lazy.keys().reencryptStored(io.env, (column, moved) => {
        io.stderr.write(`${column}: ${moved} moved\n`);
      });
      if (done.unreadable.length > 0) io.exitCode = 1;
      print(command, io, done, reencryptedText);
    });
}

function reencryptedText({ moved, unreadable }: Reencrypted): string {
  const left = unreadable.map(
    ({ column, rows, reason }) => `\n${rows} of ${column} stay as they are: ${reason}`,
  );
  return `${moved} values moved to the first master key.${left.join('')}`;
}
