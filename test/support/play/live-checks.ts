import { messageId } from '../../../activities/mail/send';
import { eventId, mailId } from '../../../domain/ids';
import type { OrderLineAnswer } from '../../../domain/answers';
import { mailsIn } from '../summaries';
import type { LiveLine } from './live-line';
import { violationsOf } from './invariants';
import { PAID } from './arguments';

/** What of an ended life is not as it must be: at the platform, at the seller, in the mailbox and in its histories. */
export async function outcomesOf(line: LiveLine): Promise<string[]> {
  const { orderId, taken } = line;
  const { ground } = line.stage;
  await ground.ended(orderId);
  const view = await line.view();
  const { status, node, log, completedAt } = view;
  const events = ground.platform.events.filter((event) => event.orderId === orderId);
  const refunds = ground.refunds(orderId);
  const facts = { status, node, paid: PAID, accepted: completedAt !== null, log, refunds, events, taken };
  const violations = violationsOf(facts);
  const ids = events.map((_event, n) => eventId(view.orderLineId, n + 1));
  if (events.some(({ id }) => !ids.includes(id)))
    violations.push(`events: ${events.map(({ id }) => id).join()}`);
  violations.push(...instancesOf(line, view), ...(await mailsOf(line, view)));
  await ground.expectSound(orderId).catch((error: unknown) => violations.push(`not sound: ${String(error)}`));
  return violations;
}

/** Delivered: one instance. Refunded: none, unless an operator was told to see to it. */
function instancesOf({ orderId, stage }: LiveLine, { delivery, status, log }: OrderLineAnswer): string[] {
  const left = stage.ground.instances(orderId).filter(({ released }) => !released).length;
  const seenTo = log.some(({ command }) => command === 'confirm-release');
  const should = delivery === 'saas' && status === 'COMPLETED' ? 1 : 0;
  return left === should || seenTo ? [] : [`${left} instances are left at the seller, ${status}`];
}

/** Each mail that the workflow made came, and came once if nothing was killed at the wrong moment. */
async function mailsOf({ orderId, stage }: LiveLine, { orderLineId }: OrderLineAnswer): Promise<string[]> {
  const { ground } = stage;
  const made = (await Promise.all((await ground.histories(orderId)).map(mailsIn))).flat().length;
  return Array.from({ length: made }, (_one, n) => {
    const id = mailId(orderLineId, n + 1);
    const times =
      ground.mailbox.mails.find((mail) => mail.messageId === messageId(id, ground.mailFrom))?.times ?? 0;
    const wellDone = times === 1 || (ground.mayRepeatMails && times > 1);
    return wellDone ? [] : [`mail ${id} came ${times} times`];
  }).flat();
}
