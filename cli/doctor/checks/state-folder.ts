import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { folderHolder } from '../../../db/folder-lock';
import type { Check } from '../check';
import { notChecked, ok, warning, wrong } from '../finding';

const MEGABYTE = 1024 * 1024;
/** What database, histories and logs of some thousand orders take. */
const LEAST_FREE = 500 * MEGABYTE;

/** The folder of `steward up`: whether others can read its keys, and whether it can still grow. */
export const STATE_FOLDER: Check = {
  name: 'state folder',
  async look({ local, stateFolder: folder }) {
    if (!local) return notChecked('DATABASE_URL is set; only "steward up" keeps one');
    const mode = await modeOf(folder);
    if (mode === undefined) {
      return wrong(
        `there is no ${folder}, and no DATABASE_URL either`,
        'start "steward up" once, or name its folder with STEWARD_STATE, or set DATABASE_URL',
      );
    }
    const keys = join(folder, 'keys.json');
    const keysMode = await modeOf(keys);
    if (keysMode === undefined) return wrong(`${keys} is gone`, 'restore it: stored data needs its keys');
    if ((keysMode & 0o077) !== 0) return wrong(`others can read ${keys}`, `chmod 600 ${keys}`);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < LEAST_FREE) {
      return warning(
        `only ${Math.round(free / MEGABYTE)} MB are free for ${folder}`,
        'make room on its disk',
      );
    }
    const pid = await folderHolder(join(folder, 'pglite'));
    return ok(`${folder}, ${pid === null ? '"steward up" is not running' : `process ${pid} works on it`}`);
  },
};

async function modeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mode;
}
