import { sql } from 'drizzle-orm';
import type { Check } from '../check';
import { ok, warning, wrong } from '../finding';

/** The oldest release that its makers still mend. */
const OLDEST_MAINTAINED = 14;

/** Whether the database can be opened, its version, and how it writes text. */
export const DATABASE: Check = {
  name: 'database',
  async look(ground) {
    const { db, kind } = await ground.database();
    const [row] = (
      (await db.execute(
        sql`select current_setting('server_version') as version, current_setting('server_encoding') as encoding`,
      )) as { rows: { version: string; encoding: string }[] }
    ).rows;
    const { version = '?', encoding = '?' } = row ?? {};
    if (encoding !== 'UTF8') {
      return wrong(
        `it writes text as ${encoding}, which cannot hold every name`,
        "create the database anew with ENCODING 'UTF8' and load its rows into it",
      );
    }
    const what = `${kind === 'pglite' ? 'PGlite' : 'PostgreSQL'} ${version}, ${encoding}`;
    if (Number.parseInt(version) < OLDEST_MAINTAINED) {
      return warning(`${what} gets no security updates any more`, `upgrade to ${OLDEST_MAINTAINED} or newer`);
    }
    return ok(what);
  },
};
