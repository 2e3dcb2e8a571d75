import type { Command, CommandBody } from '../../client';
import { defaultOrderLineId } from '../../domain/ids';
import type { CommandRequest } from '../../domain/order-line';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';

/** A command that asks the calendar, and a cancellation from the Temporal UI, in one task. */

let rig: LiveRig;
// With the real windows time limits are working days.
beforeAll(async () => void (rig = await LiveRig.start({ windows: 'standard' })));
afterAll(() => rig.end());

const amount = { currency: 'CNY', minor: 700 };
const ASKING: [Command, CommandBody<'request-unsubscription'> | CommandBody<'open-appeal'>][] = [
  ['request-unsubscription', { amount, reason: 'No use' }],
  ['open-appeal', { reason: 'Nothing came', proof: PROOF }],
];

test.each(ASKING)(
  '%s: the line is closed with a full refund, is told so, and ends',
  async (command, data) => {
    const orderId = await rig.place(['open'], { delivery: 'license-package' });
    const { amount: paid } = await rig.until(orderId, ({ node }) => node === 'DELIVERING');
    await rig.stopWorker();
    const handle = rig.handle(orderId);
    const request: CommandRequest = { by: { role: 'buyer', sub: 'buyer-1' }, data };
    const given = handle.executeUpdate<unknown, [CommandRequest]>(command, { args: [request] });
    await handle.cancel();
    await rig.startWorker();

    const closed = await eventually(
      () => rig.line(orderId),
      ({ status, node }) => status === 'CLOSED' && node === 'ENDED',
    );
    await expect(given).resolves.toMatchObject({ node: 'DELIVERING', status: 'PROCESSING' });
    expect(await rig.ended(orderId)).toMatchObject({
      status: 'CLOSED',
      dueAt: null,
      revision: closed.revision,
    });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: paid }]);
    expect(rig.refunds(orderId)[0]!.refundId).toContain(defaultOrderLineId(orderId));
    await rig.expectSound(orderId);
  },
);
