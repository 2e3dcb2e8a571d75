import { messageId } from '../../activities/mail/send';
import { defaultOrderLineId, mailId } from '../../domain/ids';
import type { Party } from '../../domain/parties';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';

/** Supervised lines whose history grows long: what is open between the parties goes on in new runs. */

let rig: LiveRig;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '15',
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  // With the real windows nothing runs out while a test looks on.
  rig = await LiveRig.start({ windows: 'standard', server: { dynamicConfig } });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const amount = { currency: 'CNY', minor: 700 };
const reason = 'We need it no more';

/** How often each of a line's mails came, in the order in which they were made. */
const mailsOf = (orderId: string) =>
  Array.from({ length: 20 }, (_, n) =>
    messageId(mailId(defaultOrderLineId(orderId), n + 1), 'x@market.example'),
  )
    .flatMap((id) => rig.mailbox.mails.filter((mail) => mail.messageId === id))
    .map(({ to, times }) => [to, times]);

const runsOf = async (orderId: string): Promise<number> => (await rig.histories(orderId)).length;

it('a pending unsubscription, an open appeal, unsent mails and a notification under way', async () => {
  const buyer = rig.as('buyer').client;
  const seller = rig.as('seller').client;
  await rig.mailbox.goDown();
  const order = rig.newOrder(['open'], { delivery: 'license-package' });
  const { orderId } = order;
  rig.seller.script(orderId, ['hang'], 'orderNotify');
  await rig.as('platform').client.placeOrder(order);
  const notified = () => rig.seller.calls.filter(({ activity }) => activity === 'orderNotify');
  await eventually(
    () => Promise.resolve(notified()),
    (calls) => calls.length === 1,
  );

  await buyer.command(orderId, 'request-unsubscription', { amount, reason });
  await buyer.command(orderId, 'withdraw-unsubscription', {});
  await buyer.command(orderId, 'request-unsubscription', { amount, reason });
  const pending = await rig.line(orderId);
  await buyer.command(orderId, 'open-appeal', { reason: 'No answer', proof: PROOF });
  await eventually(
    () => runsOf(orderId),
    (runs) => runs > 2,
  );

  // The call that was under way has its end in the log, once, and was not made again.
  const called = await rig.until(orderId, ({ log }) =>
    log.some(({ note }) => /^orderNotify call 1 /.test(note)),
  );
  expect(called.log.filter(({ note }) => note.startsWith('orderNotify'))).toHaveLength(1);
  expect(notified()).toHaveLength(1);
  expect(called).toMatchObject({
    ...{ node: 'DELIVERING', waitingFor: 'operator', appeal: { status: 'OPEN', proof: PROOF } },
    unsubscription: { id: `${defaultOrderLineId(orderId)}-U2`, status: 'REQUESTED', amount },
  });
  expect(called.dueAt).not.toBe(pending.dueAt);
  await expect(seller.command(orderId, 'approve-unsubscription', {})).rejects.toMatchObject({
    code: 'APPEAL_OPEN',
  });
  expect(mailsOf(orderId)).toEqual([]);
  await rig.mailbox.comeBack();

  await rig
    .as('operator')
    .client.command(orderId, 'resolve-appeal', { verdict: 'resume', reason: 'Answer it' });
  const resumed = await rig.line(orderId);
  expect(resumed).toMatchObject({ waitingFor: 'seller', unsubscription: { status: 'REQUESTED' } });
  // Its clock has stood still meanwhile.
  expect(Date.parse(resumed.dueAt!)).toBeGreaterThan(Date.parse(pending.dueAt!));
  await seller.command(orderId, 'approve-unsubscription', {});

  expect(await rig.ended(orderId)).toMatchObject({ status: 'UNSUBSCRIBED' });
  expect(rig.refunds(orderId)).toMatchObject([{ refundId: `${defaultOrderLineId(orderId)}-U2`, amount }]);
  const { log } = await rig.line(orderId);
  expect(log.flatMap(({ command }) => command ?? [])).toEqual([
    ...['request-unsubscription', 'withdraw-unsubscription', 'request-unsubscription'],
    ...['open-appeal', 'resolve-appeal', 'approve-unsubscription'],
  ]);
  const told = rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);
  expect(told).toEqual(['order.call_failed', 'order.unsubscribed']);
  const mails = mailsOf(orderId);
  expect(mails.filter(([, times]) => times !== 1)).toEqual([]);
  expect(mails).toHaveLength(11);
});

it('a licence code is activated once, whenever that is asked for again', async () => {
  const orderId = await rig.place(['open'], { delivery: 'license-code' });
  const buyer = rig.as('buyer').client;
  const seller = rig.as('seller').client;
  await seller.command(orderId, 'deliver', {});
  await rig.until(orderId, ({ node }) => node === 'CLAIMING');
  await buyer.command(orderId, 'claim-license', {});
  const activate = () =>
    rig.handle(orderId).executeUpdate<unknown, [{ by: Party }]>('activate-license', {
      updateId: 'software',
      args: [{ by: { role: 'seller', sub: 'seller-1' } }],
    });
  const first = await activate();
  const runs = await runsOf(orderId);
  await buyer.command(orderId, 'open-appeal', { reason: 'It is not in use', proof: PROOF });
  await rig.as('operator').client.command(orderId, 'resolve-appeal', { verdict: 'resume', reason: 'It is' });
  await eventually(
    () => runsOf(orderId),
    (now) => now > runs,
  );

  expect(await activate()).toEqual(first);
  await seller.command(orderId, 'submit-proof', { proof: PROOF });
  const line = await rig.ended(orderId);
  expect(line).toMatchObject({ status: 'COMPLETED', validFrom: line.license?.activatedAt });
  expect(line.log.filter(({ from, to }) => from === 'ACTIVATING' && to === 'PROVING')).toHaveLength(1);
});
