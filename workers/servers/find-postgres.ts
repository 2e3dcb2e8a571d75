import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isExecutable } from './run';
import { firstWay, type Found } from './ways';

export const POSTGRES = 'PostgreSQL';

/** Debian's place, a folder for each version. */
const DEBIAN = '/usr/lib/postgresql';
const PROGRAMS = ['initdb', 'postgres'];

/**
 * Finds the folder of PostgreSQL's programs: on the PATH, else Debian's newest.
 *
 * @throws StewardError SERVER_MISSING
 */
export async function findPostgres(): Promise<Found<{ folder: string }>> {
  return await firstWay(POSTGRES, [
    { name: 'PATH', find: () => folderOf((process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) },
    { name: DEBIAN, find: () => folderOf(debianFolders()) },
  ]);
}

function folderOf(folders: readonly string[]): { folder: string } {
  const folder = folders.find((one) => PROGRAMS.every((program) => isExecutable(join(one, program))));
  if (folder !== undefined) return { folder };
  throw new Error('initdb and postgres are not there; install the PostgreSQL server');
}

function debianFolders(): string[] {
  try {
    const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}
