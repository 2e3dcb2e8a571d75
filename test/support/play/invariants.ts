import type { Money } from '../../../domain/money';
import type { Node, Status } from '../../../domain/nodes';

/** What is known of a line's life from outside, whoever plays it. */
export interface Facts {
  status: Status;
  node: Node;
  paid: Money;
  /** Whether the delivery was ever accepted. */
  accepted: boolean;
  /** The whole log, oldest first. */
  log: readonly { by: string; command: string | null; from: Node; to: Node }[];
  /** What the platform was asked to pay back, repetitions too. */
  refunds: readonly { refundId: string; amount: Money }[];
  /** What the platform was told. */
  events: readonly { id: string; type: string }[];
  /** How many commands of each name were answered with success; undefined where nobody counted. */
  taken?: Readonly<Record<string, number>>;
}

/** The events that tell an end. */
const END_EVENTS: Partial<Record<Status, string>> = {
  COMPLETED: 'order.completed',
  UNSUBSCRIBED: 'order.unsubscribed',
  CLOSED: 'order.closed',
};

/** By these an operator, or the five-day rule, may have money go back of what was accepted (design §3). */
const VERDICTS = ['close', 'resolve-appeal', 'unsubscribe'];

/** What of a life contradicts design §3, in words; nothing for a sound one. */
export function violationsOf(facts: Facts): string[] {
  return RULES.flatMap((rule) => rule(facts));
}

type Rule = (facts: Facts) => string[];
const when = (wrong: boolean, words: string) => (wrong ? [words] : []);

const RULES: readonly Rule[] = [
  function refundedOnce({ refunds }) {
    const ids = new Set(refunds.map(({ refundId }) => refundId));
    return when(ids.size > 1, `refunded under several ids: ${[...ids].join(', ')}`);
  },
  function neverMoreThanPaid({ refunds, paid }) {
    const wrong = refunds.filter(
      ({ amount: { minor, currency } }) => minor > paid.minor || currency !== paid.currency,
    );
    return when(wrong.length > 0, `refunded more than was paid: ${JSON.stringify(wrong)}`);
  },
  function acceptedOrRefunded({ accepted, refunds, paid, log }) {
    const inFull = refunds.some(({ amount }) => amount.minor === paid.minor);
    const byVerdict = log.some(({ command }) => command !== null && VERDICTS.includes(command));
    return when(accepted && inFull && !byVerdict, 'accepted and fully refunded, without a verdict');
  },
  function theStatusSaysIt({ status, node, refunds, log }) {
    const paidBack = refunds.length > 0 || log.some(({ command }) => command === 'record-refund');
    return [
      ...when(status === 'COMPLETED' && node === 'ENDED' && paidBack, 'completed, and money went back'),
      ...when(status === 'UNSUBSCRIBED' && !paidBack, 'unsubscribed, and no money went back'),
    ];
  },
  function oneEnd({ log }) {
    const ends = log.filter(({ from, to }) => from !== 'ENDED' && to === 'ENDED').length;
    const after = log.filter(({ from, to }) => from === 'ENDED' && to !== 'ENDED').length;
    return [...when(ends > 1, `ended ${ends} times`), ...when(after > 0, 'went on after its end')];
  },
  function noCommandAfterTheEnd({ log }) {
    const end = log.findIndex(({ from, to }) => from !== 'ENDED' && to === 'ENDED');
    const late = end < 0 ? [] : log.slice(end + 1).filter(({ command }) => command !== null);
    return when(late.length > 0, `taken after the end: ${late.map(({ command }) => command).join(', ')}`);
  },
  function claimedStaysClaimed({ log }) {
    const claim = log.findIndex(({ command }) => command === 'claim-license');
    const asked = claim >= 0 && log.slice(claim).some(({ command }) => command === 'request-unsubscription');
    return when(asked, 'a claimed licence was unsubscribed by request');
  },
  function eachEventOnce({ events, status, node }) {
    const ids = events.map(({ id }) => id);
    const ends = Object.values(END_EVENTS).map(
      (type) => events.filter((event) => event.type === type).length,
    );
    const told = events.filter(({ type }) => type === END_EVENTS[status]).length;
    return [
      ...when(new Set(ids).size < ids.length, 'an event came twice'),
      ...when(
        ends.some((times) => times > 1),
        'an end was told twice',
      ),
      ...when(node === 'ENDED' && told !== 1, `its end ${status} was told ${told} times`),
    ];
  },
  function takenOnce({ log, taken }) {
    if (taken === undefined) return [];
    const written: Record<string, number> = {};
    for (const { command } of log) if (command !== null) written[command] = (written[command] ?? 0) + 1;
    const names = new Set([...Object.keys(written), ...Object.keys(taken)]);
    return [...names].flatMap((name) => {
      const [inLog = 0, answered = 0] = [written[name], taken[name]];
      return when(inLog !== answered, `${name}: answered ${answered} times, in the log ${inLog} times`);
    });
  },
];
