import type { Command } from 'commander';
import { StewardClient } from '../client';
import { StewardError } from '../domain/errors';
import type { Io } from './io';
import { plainJson } from './plain';

/** Where `steward up` and `steward api` listen unless told otherwise. */
export const DEFAULT_API = 'http://127.0.0.1:8080';

/** The options that every command takes, before or after its name. */
interface GlobalOptions {
  api?: string;
  token?: string;
  json?: boolean;
}

/**
 * The API as this caller reaches it: `--api` or `STEWARD_API`, `--token` or `STEWARD_TOKEN`.
 * Throws `UNAUTHENTICATED` when there is no token.
 */
export function clientOf(command: Command, io: Io): StewardClient {
  const options = command.optsWithGlobals<GlobalOptions>();
  const token = options.token ?? io.env['STEWARD_TOKEN'];
  if (!token) throw new StewardError('UNAUTHENTICATED', { reason: 'none was given' });
  return new StewardClient({ baseUrl: options.api ?? io.env['STEWARD_API'] ?? DEFAULT_API, token });
}

/** Prints a result: with `--json` as it is, else as text for people. */
export function print<Result>(
  command: Command,
  io: Io,
  result: Result,
  forPeople: (result: Result) => string,
): void {
  const { json } = command.optsWithGlobals<GlobalOptions>();
  io.stdout.write(`${json ? plainJson(result) : forPeople(result)}\n`);
}
