import { proxyActivities } from '@temporalio/workflow';
import type { LicenseActivities } from '../../activities/contracts';
import { UNTIL_TAKEN } from '../../workflows/policies';
import type { BareLine } from './line';

const { issueLicense } = proxyActivities<LicenseActivities>(UNTIL_TAKEN);

/** A licence code: made, claimed, activated and proven, each on an update. */
export async function superviseLicense(line: BareLine): Promise<void> {
  const { orderId, orderLineId, sellerId } = line.order;
  line.goTo('DELIVERING', 'The paid order was handed over.');
  line.mail('your-move', 'seller');
  await line.untilHeard('deliver');
  line.goTo('ISSUING_CODE', 'The seller delivered.');
  await issueLicense({ orderId, orderLineId, sellerId });
  line.goTo('CLAIMING', 'The licence code is ready to be claimed.');
  line.mail('your-move', 'buyer');
  await line.untilHeard('claim-license');
  line.goTo('ACTIVATING', 'The buyer claimed the licence code.');
  line.mail('your-move', 'seller');
  await line.untilHeard('activate-license');
  line.goTo('PROVING', "The seller's software activated the licence code.");
  line.mail('your-move', 'seller');
  await line.untilHeard('submit-proof');
  line.goTo('ENDED', 'The seller submitted the delivery proof.', 'COMPLETED');
  line.tell('order.completed');
  line.mail('completed', 'buyer');
  line.mail('completed', 'seller');
}
