import { CommanderError } from 'commander';
import { StewardApiError } from '../client';
import { StewardError } from '../domain/errors';
import type { Io } from './io';
import { nextStep } from './next-step';
import { plainLines } from './plain';
import { createProgram } from './program';

/**
 * Runs one `steward` command. Never rejects.
 *
 * @param args without `node` and the program's name
 * @param io gets results on stdout, errors on stderr as `CODE: message` with a next step, and the exit code:
 *   0 or unset when done, 1 when refused or failed, 2 for wrong usage
 */
export async function run(args: readonly string[], io: Io): Promise<void> {
  try {
    await createProgram(args, io).parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has told its own errors; asking for `--help` is none.
    if (error instanceof CommanderError) io.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      io.stderr.write(`${plainLines(told(error))}\n`);
      io.exitCode = 1;
    }
  }
}

function told(error: unknown): string {
  if (error instanceof StewardError || error instanceof StewardApiError) {
    const next = nextStep(error.code);
    return `${error.code}: ${error.message}${next === undefined ? '' : `\nNext: ${next}`}`;
  }
  // A bug: whoever mends it needs the place.
  return `INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
