import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StewardError } from '../../domain/errors';

/**
 * The files that are named, and all `.json` files in and below the folders that are named. Rejects with
 * `INVALID_REQUEST` for a path that does not exist and for a folder without a history: a check that looks
 * at nothing proves nothing.
 */
export async function findHistories(paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map(filesOf))).flat();
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw problem(`${path}: there is no such file or folder`);
  if (!found.isDirectory()) return [path];

  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw problem(`${path}: there is no history (*.json) in this folder`);
  return files.map((name) => join(path, name));
}

function problem(problems: string): StewardError {
  return new StewardError('INVALID_REQUEST', { problems });
}
