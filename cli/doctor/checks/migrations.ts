import { migrationState } from '../../../db/migration-state';
import type { Check } from '../check';
import { ok, warning, wrong } from '../finding';

/** Whether the tables are those of this version. */
export const MIGRATIONS: Check = {
  name: 'migrations',
  needs: 'database',
  async look(ground) {
    const { db } = await ground.database();
    const { known, missing, newer } = await migrationState(db);
    if (newer > 0) {
      return wrong(
        `the database has ${newer} migrations that this version does not know`,
        'run the version of Steward that made them, or a newer one',
      );
    }
    const first = 'start a worker or the API of this version: it applies them before anything else';
    if (missing === known) return warning('the database has no tables yet', first);
    if (missing > 0) return wrong(`${missing} of ${known} migrations are missing`, first);
    return ok(`all ${known} are applied`);
  },
};
