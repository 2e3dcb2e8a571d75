import { MAIL_KINDS, type MailKind, type MailRecipient, type MailRequest } from '../../domain/mail';
import { mailId } from '../../domain/ids';
import type { Node } from '../../domain/nodes';

/** Who gets the mails of each kind; the first one where a preview names none. */
export const RECIPIENTS: Record<MailKind, readonly [MailRecipient, ...MailRecipient[]]> = {
  'call-failed': ['seller'],
  opened: ['buyer'],
  'your-move': ['seller', 'buyer', 'operator'],
  completed: ['buyer', 'seller'],
  unsubscribed: ['buyer', 'seller'],
  closed: ['buyer', 'seller'],
  'refund-stuck': ['operator'],
  'release-unconfirmed': ['operator'],
  'remove-instance': ['seller'],
  'address-changed': ['seller'],
  'parcel-signed': ['buyer'],
  'no-automatic-acceptance': ['seller', 'buyer'],
  'acceptance-reminder': ['buyer'],
  'unsubscription-in-transit': ['operator'],
  'unsubscription-refused': ['buyer'],
  'unsubscription-requested': ['seller'],
  'unsubscription-rejected': ['buyer', 'seller', 'operator'],
  'unsubscription-withdrawn': ['seller', 'operator'],
  'unsubscription-overdue': ['seller', 'buyer'],
  'appeal-opened': ['operator', 'buyer', 'seller'],
  'appeal-overdue': ['operator'],
  'appeal-resolved': ['buyer', 'seller'],
};

type Example = Pick<MailRequest, 'node' | 'quote' | 'acceptance'> & { due?: true; money?: true };

/** What each kind's example is about; parts that its mails do not have are null. */
const EXAMPLES: Record<MailKind, Example> = {
  'call-failed': { node: 'OPENING', quote: 'HTTP 500: Internal Server Error', due: true },
  opened: { node: 'FIVE_DAYS', quote: null, due: true },
  'your-move': { node: 'DELIVERING', quote: null },
  completed: { node: 'ENDED', quote: null },
  unsubscribed: { node: 'ENDED', quote: null, money: true },
  closed: { node: 'ENDED', quote: 'Placed twice by mistake.', money: true },
  'refund-stuck': { node: 'REFUND_STUCK', quote: 'HTTP 422: Unprocessable Entity', money: true },
  'release-unconfirmed': { node: 'RELEASE_UNCONFIRMED', quote: null },
  'remove-instance': { node: 'RELEASING', quote: null },
  'address-changed': { node: 'SHIPPING', quote: null },
  'parcel-signed': { node: 'ACCEPTING', quote: null, acceptance: 'DUE', due: true },
  'no-automatic-acceptance': { node: 'ACCEPTING', quote: null, acceptance: 'PHONE_MISMATCH' },
  'acceptance-reminder': { node: 'ACCEPTING', quote: null, acceptance: 'PHONE_MISMATCH' },
  'unsubscription-in-transit': { node: 'ACCEPTING', quote: 'No longer needed.', money: true },
  'unsubscription-refused': { node: 'ACCEPTING', quote: 'It arrives tomorrow.', money: true },
  'unsubscription-requested': { node: 'DELIVERING', quote: 'No longer needed.', due: true, money: true },
  'unsubscription-rejected': { node: 'DELIVERING', quote: 'Most of it is delivered.', money: true },
  'unsubscription-withdrawn': { node: 'DELIVERING', quote: null, money: true },
  'unsubscription-overdue': { node: 'DELIVERING', quote: 'No longer needed.', due: true, money: true },
  'appeal-opened': { node: 'ACCEPTING', quote: 'It was rejected three times.', due: true },
  'appeal-overdue': { node: 'ACCEPTING', quote: 'It was rejected three times.', due: true },
  'appeal-resolved': { node: 'ACCEPTING', quote: 'The delivery is as agreed.' },
};

/** A node in which it is this party's move. */
const MOVES: Record<MailRecipient, Node> = {
  seller: 'DELIVERING',
  buyer: 'ACCEPTING',
  operator: 'REVIEWING',
};

const ORDER_ID = 'CS2611-EXAMPLE';
const ORDER_LINE_ID = `${ORDER_ID}-000001`;

/** A mail of a kind as a workflow could ask for it: for previews and tests. */
export function exampleMail(
  kind: MailKind,
  to: MailRecipient = RECIPIENTS[kind][0],
  node: Node = kind === 'your-move' ? MOVES[to] : EXAMPLES[kind].node,
): MailRequest {
  const { quote, due, money, acceptance = null } = EXAMPLES[kind];
  return {
    id: mailId(ORDER_LINE_ID, MAIL_KINDS.indexOf(kind) + 1),
    ...{ kind, to, orderId: ORDER_ID, orderLineId: ORDER_LINE_ID, sellerId: 'seller-1', productId: 'crm' },
    node,
    dueAt: due ? Date.parse('2026-11-23T18:00:00+08:00') : null,
    amount: money ? { currency: 'CNY', minor: 990_000 } : null,
    quote,
    acceptance,
  };
}
