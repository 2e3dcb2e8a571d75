import { condition, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { RegistryActivities } from '../activities/contracts';
import type { Line } from './line';
import { backoff, REGISTRY } from './policies';

const { publishView } = proxyLocalActivities<RegistryActivities>(REGISTRY);

/** Beside the life of the line: writes its newest view to the order registry. Never returns. */
export async function publishViews(line: Line): Promise<never> {
  const { state, order } = line;
  for (let failures = 0; ;) {
    await condition(() => state.published.revision < state.revision && line.asking === 0);
    const { revision, logged } = state;
    try {
      await publishView.executeWithOptions({ summary: `Write revision ${revision} to the order registry` }, [
        { orderId: order.orderId, orderLineId: order.orderLineId, view: line.view() },
      ]);
      state.published = { revision, logged };
      line.trimLog();
      failures = 0;
    } catch {
      failures += 1;
      await sleep(backoff(failures), { summary: 'Wait for the order registry' });
    }
  }
}
