import type { History } from '@temporalio/common/lib/proto-utils';
import type { LiveRig } from '../support/live-rig';
import { SECRETS } from '../support/orders';
import { textOf } from '../support/payloads';

/**
 * Orders that touch everything secret, in fair and foul weather: keys that sign, tokens that are checked,
 * contacts and access that are stored and shown, calls, refunds and requests that fail.
 *
 * @returns the orders' ids; all of them have ended
 */
export async function runSecretOrders(rig: LiveRig): Promise<string[]> {
  const opened = await rig.place(['open']);
  const failing = await rig.place(['markup', 'http-500', 'reset', 'drip']);
  const refused = await rig.place(['accept:never']);
  rig.platform.behave('/refunds', ['http-503', 'take-reset', 'http-422', 'take'], refused);
  rig.platform.behave('/events', ['http-500', 'reset', 'http-422', 'take'], failing);
  await rig.until(refused, ({ node }) => node === 'POLLING');
  const operator = rig.as('operator').client;
  const refund = { currency: 'CNY', minor: 990_000 };
  await operator.command(refused, 'close', { reason: 'By phone', refund });
  await sendWhatIsRefused(rig);
  await rig.ended(opened);
  for (const role of ['buyer', 'seller'] as const) await rig.as(role).client.getOrder(opened);
  await rig.until(refused, ({ node }) => node === 'REFUND_STUCK');
  await operator.command(refused, 'retry-refund', {});
  await rig.until(failing, ({ node }) => node === 'RELEASE_UNCONFIRMED');
  await operator.command(failing, 'confirm-release', { note: 'Nothing was made' });
  for (const orderId of [failing, refused]) await rig.ended(orderId);
  return [opened, failing, refused];
}

/** Requests whose refusals might quote what they hold. */
async function sendWhatIsRefused(rig: LiveRig): Promise<void> {
  const { post, client } = rig.as('platform');
  const order = rig.newOrder();
  const answers = await Promise.all([
    post('/orders', { ...order, buyer: { ...order.buyer, language: SECRETS.phone } }),
    post('/orders', { ...order, lines: [{ ...order.lines[0], productId: 'unknown' }] }),
    rig.as('buyer').post('/orders', order),
    rig.withToken(SECRETS.accessKey).post('/orders', order),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 403, 401]);
  await client.putSeller('seller-3', {
    name: SECRETS.buyerName,
    email: SECRETS.email,
    language: 'zh',
    accessKey: SECRETS.accessKey,
  });
}

/** All that Temporal knows of a line, its payloads and failures decrypted: histories, attributes, memo and id. */
export async function knownToTemporal(rig: LiveRig, orderId: string): Promise<string> {
  const { raw, workflowId } = await rig.handle(orderId).describe();
  const histories: History[] = await rig.histories(orderId);
  return [workflowId, ...(await Promise.all([raw, ...histories].map((part) => textOf(part))))].join('\n');
}
