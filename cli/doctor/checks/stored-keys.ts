import { keyUsage } from '../../../db/key-usage';
import { migrationState } from '../../../db/migration-state';
import { masterKeys } from '../../../workers/keys';
import type { Check } from '../check';
import { notChecked, ok, warning, wrong } from '../finding';

/** Whether everything that SQL keeps encrypted can be read with `STEWARD_MASTER_KEYS`. */
export const STORED_KEYS: Check = {
  name: 'stored data',
  needs: 'database',
  async look(ground) {
    const { db } = await ground.database();
    if ((await migrationState(db)).missing > 0) return notChecked('see migrations');
    const { ids, newestId } = masterKeys(ground.env);
    const usage = await keyUsage(db);
    const rows = usage.reduce((sum, one) => sum + one.rows, 0);
    const unknown = usage.filter(({ keyId }) => !ids.includes(keyId));
    if (unknown.length > 0) {
      const what = unknown.map((one) => `${one.rows} in ${one.column} under key ${one.keyId}`).join(', ');
      return wrong(
        `values that no key of STEWARD_MASTER_KEYS reads: ${what}`,
        'add the key of that id again, at the end of the list, and restart workers and APIs',
      );
    }
    const older = usage.filter(({ keyId }) => keyId !== newestId).reduce((sum, one) => sum + one.rows, 0);
    if (older > 0) {
      return warning(
        `${older} of ${rows} encrypted values stand under an older key`,
        '"steward keys reencrypt" moves them once every process has the newest key, "steward keys status" tells more',
      );
    }
    return ok(`${rows} encrypted values, all under key ${newestId}`);
  },
};
