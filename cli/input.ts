import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { StewardError } from '../domain/errors';
import type { Io } from './io';

/** The text of a file; `-` is the standard input. Rejects with `INVALID_REQUEST` when it cannot be read. */
export async function readText(file: string, io: Io): Promise<string> {
  if (file === '-') return text(io.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw problem((cause as Error).message);
  }
}

/** The JSON of a file; `-` is the standard input. Rejects with `INVALID_REQUEST`. */
export async function readJson(file: string, io: Io): Promise<unknown> {
  return parseJson(file === '-' ? 'the standard input' : file, await readText(file, io));
}

/** JSON of an option, or `@FILE` for that of a file (`@-` of the standard input). Rejects with `INVALID_REQUEST`. */
export async function readData(option: string, value: string, io: Io): Promise<unknown> {
  return value.startsWith('@') ? await readJson(value.slice(1), io) : parseJson(option, value);
}

/** The parser's own words quote the text, which may be secret. */
function parseJson(what: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw problem(`${what} is not JSON`);
  }
}

function problem(problems: string): StewardError {
  return new StewardError('INVALID_REQUEST', { problems });
}
