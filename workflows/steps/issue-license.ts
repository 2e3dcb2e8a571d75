import { condition, proxyActivities } from '@temporalio/workflow';
import type { LicenseActivities } from '../../activities/contracts';
import type { Line } from '../line';
import { goTo } from '../moves';
import { UNTIL_TAKEN } from '../policies';

const licenses = proxyActivities<LicenseActivities>({
  ...UNTIL_TAKEN,
  summary: 'Make the licence code of this line',
});

/** Makes the code, which nobody sees before the buyer claims it (domain.md 2.4). An open appeal holds it up. */
export async function issueLicense(line: Line): Promise<void> {
  const { state, order } = line;
  const { orderId, orderLineId, sellerId } = order;
  await licenses.issueLicense({ orderId, orderLineId, sellerId });
  line.measure();
  await condition(() => state.node !== 'ISSUING_CODE' || state.appeal?.status !== 'OPEN');
  if (state.node === 'ISSUING_CODE')
    goTo(line, 'CLAIMING', { note: 'The licence code is ready to be claimed.' });
}
