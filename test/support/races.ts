import type { OrderLineAnswer } from '../../client';
import type { Command } from '../../domain/commands';
import type { Status } from '../../domain/nodes';
import type { Role } from '../../domain/parties';
import type { Delivery } from '../../domain/schemas/order';
import type { LiveRig } from './live-rig';
import type { PartyAtApi, WireAnswer } from './parties';

/** The API takes 600 requests a minute of each caller: the orders of a race are shared out among so many. */
const CALLERS = 5;
/** Orders that are raced at the same time. */
const AT_ONCE = 8;

type Answer = WireAnswer<OrderLineAnswer & { code?: string }>;

/** An order in a race, with the parties that it belongs to. */
export interface RacedOrder {
  orderId: string;
  /** From 0; odd and even ones may end differently. */
  n: number;
  /** Gives a command as a client does: what is to be tried again is sent again under the same key. */
  give: (by: Role, command: Command, data: object, key?: string) => Promise<Answer>;
  /** The caller of each role. */
  as: (role: Role) => Promise<PartyAtApi>;
}

/** One of the two commands of a race. */
export interface Contender {
  by: Role;
  command: Command;
  data: object;
  /** The codes with which it is refused when the other one has won. */
  refused: readonly string[];
  /** Brings the line to its end after it has won; gives the status in which it must end. */
  finish: (order: RacedOrder) => Promise<Status>;
}

/** Two commands of which a line takes one. */
export interface Race {
  delivery: Delivery;
  /** Brings a line to where both are possible. */
  prepare: (order: RacedOrder) => Promise<void>;
  contenders: readonly [Contender, Contender];
}

/** How the race of one order went. */
export interface Outcome {
  orderId: string;
  /** Which contender was sent first, and whether its answer was awaited before the other was sent. */
  first: 0 | 1;
  awaited: boolean;
  /** Who won; undefined when nobody did, or both. */
  winner: 0 | 1 | undefined;
  /** What was not as it must be, in words. */
  violations: string[];
}

/** Registers the sellers among whom the orders are shared out; they have no production URL to be called at. */
export async function registerSellers(rig: LiveRig): Promise<void> {
  const { client } = rig.as('platform');
  for (let n = 1; n <= CALLERS; n += 1) {
    const id = sellerOf(n);
    const about = { name: id, email: `${id}@seller.example`, language: 'en' as const };
    await client.putSeller(id, { ...about, accessKey: rig.secrets['accessKey']! });
    await client.putProduct(id, 'product-1', { name: 'CRM' });
  }
}

const sellerOf = (caller: number) => `raced-seller-${caller}`;

/**
 * Races two commands on so many orders, over the API. Eight of ten are sent at the same moment, two one after
 * the other's answer; who is sent first takes turns.
 *
 * @param told after each order
 */
export async function race(
  rig: LiveRig,
  of: Race,
  orders: number,
  told: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const runSome = async (): Promise<void> => {
    while (next < orders) {
      const outcome = await runOne(rig, of, next++);
      outcomes.push(outcome);
      told(outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  return outcomes;
}

async function runOne(rig: LiveRig, { delivery, prepare, contenders }: Race, n: number): Promise<Outcome> {
  const order = await placeRaced(rig, delivery, n);
  await prepare(order);
  const first = n % 2 === 0 ? 0 : 1;
  const awaited = n % 10 >= 8;
  const send = (which: 0 | 1) => {
    const { by, command, data } = contenders[which];
    return order.give(by, command, data);
  };
  const second = first === 0 ? 1 : 0;
  const sent = awaited
    ? [await send(first), await send(second)]
    : await Promise.all([send(first), send(second)]);
  const answers = (first === 0 ? sent : sent.reverse()) as [Answer, Answer];
  const taken = answers.map(({ status }) => status === 200);
  const { orderId } = order;
  if (taken[0] === taken[1]) {
    const both = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).join(', ');
    return { orderId, first, awaited, winner: undefined, violations: [`not one winner: ${both}`] };
  }
  const winner = taken[0] ? 0 : 1;
  const loser = winner === 0 ? 1 : 0;
  const violations: string[] = [];
  if (awaited && winner !== first) violations.push('who came later won');
  const { status, body } = answers[loser];
  const { refused } = contenders[loser];
  if (status !== 409 || !refused.includes(body.code ?? '')) {
    violations.push(`${contenders[loser].command} got ${status} ${body.code ?? ''}`);
  }
  const end = await contenders[winner].finish(order);
  await rig.handle(orderId).result();
  const line = await order.as('operator').then(({ client }) => client.getOrder(orderId));
  violations.push(...violationsOf(rig, line.lines[0]!, end, contenders));
  return { orderId, first, awaited, winner, violations };
}

/** What is not as one of the two commands must have left it. */
function violationsOf(
  rig: LiveRig,
  { orderId, status, node, log, unsubscription }: OrderLineAnswer,
  end: Status,
  contenders: Race['contenders'],
): string[] {
  const commands = contenders.map(({ command }) => command);
  const taken = log.filter(({ command }) => command !== null && commands.includes(command));
  const told = rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);
  const paid = end === 'UNSUBSCRIBED' ? 1 : 0;
  const facts: [string, unknown, unknown][] = [
    ['status', status, end],
    ['node', node, 'ENDED'],
    ['of both commands taken', taken.length, 1],
    ['refunds', rig.refunds(orderId).length, paid],
    ['refund requests', rig.refundRequests(orderId).length, paid],
    ['refunded in the view', unsubscription?.status === 'REFUNDED', paid === 1],
    ['events', told.join(), `order.${end.toLowerCase()}`],
  ];
  return facts.filter(([, is, should]) => is !== should).map(([what, is]) => `${what}: ${String(is)}`);
}

/** Places the n-th order of a race. */
export async function placeRaced(rig: LiveRig, delivery: Delivery, n: number): Promise<RacedOrder> {
  const caller = 1 + (n % CALLERS);
  const as = (role: Role) => rig.other(role, role === 'seller' ? sellerOf(caller) : `${role}-${caller}`);
  const body = rig.newOrder(['open'], { delivery, sellerId: sellerOf(caller) });
  const { orderId } = body;
  await (
    await as('platform')
  ).client.placeOrder({ ...body, buyer: { ...body.buyer, id: `buyer-${caller}` } });
  const give: RacedOrder['give'] = async (by, command, data, key = crypto.randomUUID()) => {
    const { post } = await as(by);
    for (;;) {
      const answer: Answer = await post(`/orders/${orderId}/${command}`, data, key);
      if (answer.body.code !== 'TRY_AGAIN') return answer;
    }
  };
  return { orderId, n, give, as };
}
