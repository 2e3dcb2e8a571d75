import type { Command } from 'commander';
import type { Listen } from '../alone/api';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { port } from '../option-values';

/** `steward api`: an API process; as many as wanted share one PostgreSQL. */
export function apiCommand(program: Command, io: Io): void {
  program
    .command('api')
    .description('Serve the API without a worker; takes DATABASE_URL')
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <port>', 'where it listens', port, 8080)
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgres://db.example/steward TEMPORAL_ADDRESS=temporal.example:7233 steward api --host 0.0.0.0',
    )
    .action((listen: Listen) => lazy.api().runApi(io.env, listen));
}
