import { CancellationScope, condition, proxyActivities } from '@temporalio/workflow';
import type { LicenseActivities } from '../../activities/contracts';
import { ignoreCancellation } from '../cancellation';
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
  const left = () => state.node !== 'ISSUING_CODE' || line.isLong;
  const issuing = new CancellationScope();
  let issued = false;
  const done = issuing.run(async () => {
    await licenses.issueLicense({ orderId, orderLineId, sellerId });
    issued = true;
    line.measure();
  });
  // A database that is away holds up no refund.
  await condition(() => left() || (issued && state.appeal?.status !== 'OPEN'));
  if (!issued) {
    issuing.cancel();
    await done.catch(ignoreCancellation);
  }
  if (issued && !left()) goTo(line, 'CLAIMING', { note: 'The licence code is ready to be claimed.' });
}
