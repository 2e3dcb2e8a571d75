/**
 * The production shape on one machine, without containers: PostgreSQL, a real Temporal server on it, two workers and two
 * APIs, each a process of its own that is started again when it dies, and the simulated parties around them.
 */
import { CommanderError, Command, Option } from 'commander';
import { play, type PlayOptions } from '../../cli/up/play';
import { untilAsked } from '../../cli/up/until-asked';
import { port } from '../../cli/option-values';
import { StewardError } from '../../domain/errors';
import { WINDOW_PROFILES } from '../../domain/windows';
import { startShape, type ShapeOptions } from './shape';

const HELP = `
It needs the programs of a PostgreSQL server (initdb, postgres), and Go for the Temporal server, which is built once
and cached. Settings of the environment go before those that it makes: PLATFORM_URL, SMTP_URL, JWT_SECRET and others.

Example:
  npm run production -- --exit`;

const program = new Command('npm run production --')
  .description(
    'Run PostgreSQL, a Temporal server on it, two workers and two APIs, and place the sample orders',
  )
  .option('--exit', 'end when all sample orders have ended; the last line is JSON', false)
  .option('--empty', 'place no sample orders', false)
  .addOption(
    new Option('--windows <profile>', 'how long things take').choices(WINDOW_PROFILES).default('fast'),
  )
  .option('--api-port <port>', 'port of the first API', port, 8080)
  .option('--second-api-port <port>', 'port of the second API', port, 8081)
  .option('--temporal-port <port>', 'port of the Temporal server', port, 7233)
  .option(
    '--state <folder>',
    'keep all of it there, and go on with it; default: a temporary folder that is removed',
  )
  .addHelpText('after', HELP)
  .showHelpAfterError('(--help shows how it is used)')
  .exitOverride()
  .action((options: ShapeOptions & PlayOptions) =>
    untilAsked((io) => play(options, io, (samples, closers) => startShape(options, io, samples, closers))),
  );

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(error instanceof StewardError ? `${error.code}: ${error.message}` : error);
    process.exitCode = 1;
  }
});
