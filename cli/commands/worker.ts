import type { Command } from 'commander';
import type { Io } from '../io';
import { lazy } from '../lazy';

/** `steward worker`: a worker process; as many as wanted share one PostgreSQL. */
export function workerCommand(program: Command, io: Io): void {
  program
    .command('worker')
    .description('Run a worker without the API; takes DATABASE_URL')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgres://db.example/steward TEMPORAL_ADDRESS=temporal.example:7233 steward worker',
    )
    .action(() => lazy.worker().runWorker(io.env));
}
