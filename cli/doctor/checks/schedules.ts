import {
  NamespaceNotFoundError,
  ScheduleClient,
  ScheduleNotFoundError,
  type ScheduleDescription,
} from '@temporalio/client';
import { settlementScheduleId } from '../../../domain/ids';
import { SITES } from '../../../domain/ledger/billing-day';
import type { Site } from '../../../domain/schemas/order';
import { formatTime } from '../../../domain/time';
import { temporalProfile } from '../../../temporal.config';
import type { Check } from '../check';
import { NotChecked, ok, warning, wrong } from '../finding';

/** What came due while a schedule was not there, or paused, is not caught up by itself. */
const CATCH_UP = '"steward settle --period YYYYMM --site SITE" for each month that came due meanwhile';

/** Whether each site is billed by itself, and when next. */
export const SCHEDULES: Check = {
  name: 'billing schedules',
  needs: 'temporal',
  async look(ground) {
    const connection = await ground.temporal();
    const client = new ScheduleClient({ connection, namespace: temporalProfile(ground.env).namespace });
    const all = await Promise.all(SITES.map(async (site) => ({ site, found: await find(client, site) })));
    const missing = all.filter(({ found }) => found === null);
    if (missing.length > 0) {
      return wrong(
        `missing: ${missing.map(({ site }) => settlementScheduleId(site)).join(', ')}`,
        `start a worker or the API, which make them, then ${CATCH_UP}`,
      );
    }
    const words = all.flatMap(({ site, found }) => (found ? `${site} ${plan(found)}` : [])).join(', ');
    if (all.some(({ found }) => found?.state.paused)) {
      return warning(words, `"Unpause" in the Temporal UI under Schedules, then ${CATCH_UP}`);
    }
    return ok(words);
  },
};

async function find(client: ScheduleClient, site: Site): Promise<ScheduleDescription | null> {
  try {
    return await client.getHandle(settlementScheduleId(site)).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error instanceof NamespaceNotFoundError ? new NotChecked('see namespace') : error;
  }
}

function plan({ state, info }: ScheduleDescription): string {
  if (state.paused) return `is paused${state.note ? ` (${state.note})` : ''}`;
  const [next] = info.nextActionTimes;
  return next ? `is billed next at ${formatTime(next.getTime())}` : 'has no next time';
}
