import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const FOLDER = join(__dirname, '../node_modules/.cache/steward');
/** How long what is not the newest is kept, in ms: a process of an older checkout may be about to read it. */
const OLD_MS = 24 * 3_600_000;

/**
 * Where a checkout keeps what takes seconds to make, until what it is made of changes.
 *
 * @param name of the thing
 * @param contents a short hash, in hexadecimal, of all that it is made of
 */
export function keptFile(name: string, contents: string): string {
  return join(FOLDER, `${name}-${contents}`);
}

/** A short hash of these files below `root`, and of all that is in these folders: it changes when they do. */
export function contentsOf(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(root: string, source: string): string[] {
  if (statSync(join(root, source)).isFile()) return [source];
  const entries = readdirSync(join(root, source)).sort();
  return entries.flatMap((name) => filesOf(root, join(source, name)));
}

/**
 * Keeps it there, and throws away what is there of older checkouts. Several processes may make it at a time: the file is
 * there whole or not at all. Where nothing can be written it is made again the next time.
 */
export async function keep(file: string, bytes: Uint8Array | string): Promise<void> {
  const whole = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(whole, bytes);
    await rename(whole, file);
    await removeOld(file);
  } catch {
    await rm(whole, { force: true }).catch(() => undefined);
  }
}

async function removeOld(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    const other = join(folder, name);
    if (other !== file && Date.now() - (await stat(other)).mtimeMs > OLD_MS) await rm(other, { force: true });
  }
}
