import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where all that the shape keeps is. */
export interface StateFolder {
  path: string;
  /** Removes it, if it is a temporary one. */
  clear: () => void;
}

/**
 * Makes the folder of the shape.
 *
 * @param kept default: a temporary one
 */
export function makeFolder(kept: string | undefined): StateFolder {
  const path = kept === undefined ? mkdtempSync(join(tmpdir(), 'steward-production-')) : resolve(kept);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  // PostgreSQL, which is another user then, has its folder in it. Everything else in it is its owner's only.
  if (process.getuid?.() === 0) chmodSync(path, 0o711);
  return { path, clear: () => kept === undefined && rmSync(path, { recursive: true, force: true }) };
}
