import type { Command } from 'commander';
import type { Listen } from '../alone/api';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { port } from '../option-values';

/** `steward codec`: the codec server of the Temporal UI, for operators. */
export function codecCommand(program: Command, io: Io): void {
  program
    .command('codec')
    .description('Let the Temporal UI show payloads to operators; takes STEWARD_CODEC_ORIGINS')
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <port>', 'where it listens', port, 8082)
    .addHelpText(
      'after',
      '\nExample:\n  STEWARD_CODEC_ORIGINS=https://temporal.example steward codec --host 0.0.0.0',
    )
    .action((listen: Listen) => lazy.codec().runCodec(io.env, listen));
}
