import { Command, Option } from 'commander';
import { WINDOW_PROFILES } from '../../domain/windows';
import { port } from '../option-values';
import { untilAsked } from '../up/until-asked';
import { up, type UpOptions } from '../up/up';

/** `steward up`: everything on one machine. Sets the process's exit code. */
export function upCommand(): Command {
  return new Command('up')
    .description(
      'Run everything on one machine, with a simulated seller and platform, and place the sample orders',
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
    .action((options: UpOptions) => untilAsked((io) => up(options, io)));
}
