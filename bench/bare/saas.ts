import { sleep } from '@temporalio/workflow';
import type { BareLine } from './line';
import { seller, untilAnswered } from './seller';

/** Opened at the seller, then open for five days, as what was bought for a period. */
export async function openSaas(line: BareLine): Promise<void> {
  line.goTo('OPENING', 'The paid order was handed over.');
  const { instanceId } = await untilAnswered(() => seller.newInstance(line.sellerCall()));
  line.goTo('POLLING', 'The seller opened the instance.');
  await untilAnswered(() => seller.queryInstance({ ...line.sellerCall(), instanceId }));
  line.goTo('FIVE_DAYS', 'The instance is ready; the order is completed.', 'COMPLETED');
  line.tell('order.opened', 'order.completed');
  line.mail('opened', 'buyer');
  await sleep(line.windows.fiveDays);
  line.goTo('ENDED', 'The five days without reason are over.', 'COMPLETED');
}
