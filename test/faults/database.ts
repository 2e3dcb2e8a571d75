import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { World } from './world';

/** Works on the database of a Steward that does not run. */
export async function withDatabase<T>(world: World, work: (open: OpenDatabase) => Promise<T>): Promise<T> {
  const open = await openDatabase({ folder: join(world.home.folder, 'pglite') });
  try {
    await migrate(open.db);
    return await work(open);
  } finally {
    await open.close();
  }
}
