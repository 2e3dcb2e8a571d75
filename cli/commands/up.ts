import { Command, InvalidArgumentError, Option } from 'commander';
import { WINDOW_PROFILES } from '../../domain/windows';
import { up, type UpOptions } from '../up/up';

/** `steward up`: everything on one machine. Sets the process's exit code. */
export function upCommand(): Command {
  return new Command('up')
    .description(
      'run everything on one machine, with a simulated seller and platform, and place the sample orders',
    )
    .option('--exit', 'end when all sample orders have ended; the last line is JSON', false)
    .option('--empty', 'place no sample orders', false)
    .addOption(
      new Option('--windows <profile>', 'how long things take').choices(WINDOW_PROFILES).default('fast'),
    )
    .option('--api-port <port>', 'port of the HTTP API', port, 8080)
    .option('--temporal-port <port>', 'port of the Temporal dev server', port, 7233)
    .option('--ui-port <port>', 'port of the Temporal UI', port, 8233)
    .addHelpText(
      'after',
      '\nState is kept in the folder STEWARD_STATE (default .steward); a second start goes on where the first stopped.\n\nExample:\n  steward up --windows standard --api-port 9080',
    )
    .action(async (options: UpOptions) => {
      const stop = new AbortController();
      const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
      const onSignal = (): void => {
        // Whoever asks twice does not want to wait; the servers end with this process.
        if (stop.signal.aborted) process.exit(130);
        stop.abort();
      };
      for (const name of signals) process.on(name, onSignal);
      const { env, stdout, stderr } = process;
      process.exitCode = await up(options, { env, stdout, stderr, signal: stop.signal });
      for (const name of signals) process.off(name, onSignal);
    });
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new InvalidArgumentError('A port is a number from 1 to 65535.');
}
