import { condition, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { BillActivities } from '../../activities/contracts';
import { backoff, REGISTRY } from '../policies';
import type { BillLife } from './life';

const { publishBill } = proxyLocalActivities<BillActivities>(REGISTRY);

/** Beside the life of the bill: writes its newest view into SQL. Never returns. */
export async function publishViews(life: BillLife): Promise<never> {
  const { state, bill } = life;
  for (let failures = 0; ;) {
    await condition(() => state.published < state.revision && !life.asking);
    const { revision } = state;
    try {
      await publishBill.executeWithOptions({ summary: `Write revision ${revision} into SQL` }, [
        { billId: bill.id, view: life.view() },
      ]);
      state.published = revision;
      failures = 0;
    } catch {
      failures += 1;
      await sleep(backoff(failures), { summary: 'Wait for the database' });
    }
  }
}
