import { COMMAND_NAMES, COMMANDS, type Command } from '../../domain/commands';
import { NODE_NAMES, type Node } from '../../domain/nodes';
import type { Shipment } from '../../domain/logistics';
import type { OrderLine } from '../../domain/order-line';
import { ROLES, type Role, type WaitingFor } from '../../domain/parties';
import type { Delivery } from '../../domain/schemas/order';
import { WINDOWS } from '../../domain/windows';
import { details } from '../../workflows/details';
import { FLOWS, type Flow } from '../../workflows/flows';
import { NEGOTIATED, whyNot } from '../../workflows/guards';
import { Line } from '../../workflows/line';
import { newState } from '../../workflows/state';
import { unsubscribe } from '../../workflows/steps/unsubscribe';
import { unsubscribeWithoutReason } from '../../workflows/without-reason';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const PAID = { currency: 'CNY', minor: 990_000 };
const REFUND_NODES: readonly Node[] = ['REFUNDING', 'REFUND_STUCK', 'RELEASING', 'RELEASE_UNCONFIRMED'];

/** What can lie over a node. */
type Twist = (line: Line) => void;

const pending: Twist = ({ state }) => {
  state.unsubscriptions = 1;
  state.unsubscription = { id: 'O-1-000001-U1', status: 'REQUESTED', amount: PAID, reason: 'No use' };
};
/** Goods in transit: an operator comes before the seller (domain.md 3.1). */
const confirming: Twist = ({ state }) => {
  state.unsubscriptions = 1;
  state.unsubscription = {
    ...{ id: 'O-1-000001-U1', status: 'OPERATOR_CONFIRMING', amount: PAID, reason: 'No use' },
  };
};
const appealed: Twist = ({ state }) => {
  const told = { by: 'buyer' as const, reason: 'Nothing came', proof: [], openedAt: NOW, resolution: null };
  state.appeal = { status: 'OPEN', ...told };
};
const notifyFailed: Twist = ({ state }) => (state.notify = { status: 'EXCEPTION', n: 4, dueAt: NOW });
const notifying: Twist = ({ state }) => (state.notify = { status: 'CALLING', n: 1, dueAt: NOW });

const TWISTS: Record<string, Twist[]> = {
  'nothing else': [],
  'a pending unsubscription': [pending],
  'an unsubscription in transit': [confirming],
  'an open appeal': [appealed],
  'an open appeal over a pending unsubscription': [pending, appealed],
  'an open appeal over an unsubscription in transit': [confirming, appealed],
  'a failed notification': [notifyFailed],
  'a notification under way': [notifying],
};
/** Where a licence code has been claimed. */
const CLAIMED_NODES: readonly Node[] = ['ACTIVATING', 'PROVING', 'REVIEWING'];

/** Where goods are on their way, or with the buyer. */
const GOODS_NODES: readonly Node[] = ['REVIEWING', 'ACCEPTING'];
const PARCEL: Shipment = {
  ...{ n: 1, carrier: 'shunfeng', trackingNumber: 'SF-00000001', shippedAt: NOW },
  ...{ info: 'PENDING', state: null, stateAt: null, learnedAt: null },
};

interface Situation {
  name: string;
  line: Line;
  twists: readonly Twist[];
}

function lineAt(delivery: Delivery, node: Node, trial = false): Line {
  const order: OrderLine = {
    ...{ orderId: 'O-1', orderLineId: 'O-1-000001', orderType: 'NEW', site: 'china' },
    ...{ sellerId: 'seller-1', buyerId: 'buyer-1', productId: 'product-1', skuId: 'sku-1' },
    ...{
      delivery,
      charging: { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } },
      amount: PAID,
      trial,
      feeRate: 0,
    },
  };
  const line = new Line(order, WINDOWS.standard, newState(order, NOW));
  line.state.node = node;
  if (delivery === 'hardware' && GOODS_NODES.includes(node)) line.state.shipment = PARCEL;
  if (isClaimed(line)) line.state.license = { claimedAt: NOW, activatedAt: null };
  return line;
}

const isClaimed = ({ order, state }: Line) =>
  order.delivery === 'license-code' && CLAIMED_NODES.includes(state.node);

/** Whether life can bring such a twist there. */
function canBe(line: Line, twists: readonly Twist[]): boolean {
  if (twists.length === 0) return true;
  if (line.state.node === 'FIVE_DAYS') return twists.length === 1 && twists[0] === pending;
  if (!line.flow.supervised || line.state.node === 'ENDED') return false;
  if (twists.includes(confirming)) return line.flow.ships === true;
  return !(twists.includes(pending) && isClaimed(line));
}

function situationsOf(delivery: Delivery, flow: Flow): Situation[] {
  return (Object.keys(flow.nodes) as Node[]).flatMap((node): Situation[] => {
    if (REFUND_NODES.includes(node)) {
      const line = lineAt(delivery, node);
      unsubscribe(line, 'As agreed');
      line.change({ node, dueAt: null }, { note: 'It stands here.' });
      return [{ name: `${node} with a decided refund`, line, twists: [] }];
    }
    return Object.entries(TWISTS)
      .filter(([, twists]) => canBe(lineAt(delivery, node), twists))
      .map(([name, twists]) => {
        const line = lineAt(delivery, node);
        for (const twist of twists) twist(line);
        line.renew();
        return { name: `${node} with ${name}`, line, twists };
      });
  });
}

const flows = Object.entries(FLOWS) as [Delivery, Flow][];
const all = flows.flatMap(([delivery, flow]) =>
  situationsOf(delivery, flow).map((one) => ({ ...one, name: `${delivery}, ${one.name}` })),
);

const possible = (line: Line, command: Command, role: Role) =>
  (COMMANDS[command] as readonly Role[]).includes(role) && whyNot(line, command, role) === undefined;
const said = ({ command, roles }: { command: Command; roles: readonly Role[] }) =>
  `\`${command}\` (${roles.join(', ')})`;

test('the situations cover each node', () => {
  expect(new Set(all.map(({ line }) => line.state.node))).toEqual(new Set(NODE_NAMES));
  expect(all.length).toBeGreaterThan(100);
});

describe.each(all)('$name', ({ line, twists }) => {
  const { allowed, waitingFor, node } = line.view();

  test('the view allows what the validators let through, to the same roles', () => {
    for (const command of COMMAND_NAMES) {
      const roles = allowed.find((one) => one.command === command)?.roles ?? [];
      const passed = ROLES.filter((role) => possible(line, command, role));
      expect({ command, roles: [...roles].sort() }).toEqual({ command, roles: passed.sort() });
    }
  });

  test('the page names what is possible, and no more', () => {
    const next = /\*\*Next:\*\* (.*)/.exec(details(line))?.[1] ?? '';
    const named = [...next.matchAll(/`([a-z-]+)`/g)].map(([, command]) => command);
    const names = allowed.map(({ command }) => command as string);
    expect(named.filter((command) => !names.includes(command!))).toEqual([]);
    const exactly = `Possible now: ${allowed.map(said).join(', ') || 'nothing'}.`;
    // The other nodes tell what comes by itself, in words.
    const isNegotiable = line.flow.supervised && line.state.undo === null && node !== 'ENDED';
    expect(isNegotiable ? next : exactly).toBe(exactly);
  });

  test('it waits for somebody who can move it on', () => {
    const [role, commands] = mover(line, twists);
    expect(waitingFor).toBe(role);
    const able = allowed.filter(({ roles }) => roles.includes(role as Role)).map(({ command }) => command);
    expect(able).toEqual(expect.arrayContaining(commands));
  });

  test('rights end where they must', () => {
    const ended = allowed.filter(({ command, roles }) =>
      roles.some((role) => hasNoRight(line, twists, command, role)),
    );
    expect(ended).toEqual([]);
  });
});

/** Whose move it must be, and what that role can then do at least. */
function mover({ flow, here, state }: Line, twists: readonly Twist[]): [WaitingFor, Command[]] {
  if (twists.includes(appealed)) return ['operator', ['resolve-appeal']];
  if (twists.includes(confirming)) return ['operator', ['confirm-unsubscription', 'refuse-unsubscription']];
  // Nobody is to answer: it is looked up whether the buyer has one left.
  if (twists.includes(pending) && !flow.supervised) return ['nobody', []];
  if (twists.includes(pending)) return ['seller', ['approve-unsubscription', 'reject-unsubscription']];
  const { moves = {}, commands = [], waitingFor } = here;
  if (state.node === 'ENDED' || state.node === 'ISSUING_CODE') return ['nobody', []];
  // The five days pass by themselves; the buyer may move it on.
  if (state.node === 'FIVE_DAYS') return ['nobody', []];
  if (state.node === 'REFUNDING' || state.node === 'COMPLETING') return ['platform', []];
  // Activated by the seller's software, with no command.
  if (state.node === 'ACTIVATING') return ['seller', []];
  const onward = Object.keys(moves).length > 0 ? (Object.keys(moves) as Command[]) : commands;
  return [waitingFor, onward.filter((command) => command !== 'close')];
}

/** What domain.md 2.0, 2.4 and 3.1 take away from a party. */
function hasNoRight({ state }: Line, twists: readonly Twist[], command: Command, role: Role): boolean {
  const party = role === 'buyer' || role === 'seller';
  const gone: Command[] = [];
  if (state.undo !== null) gone.push(...NEGOTIATED);
  if (state.license?.claimedAt != null) gone.push('request-unsubscription', 'claim-license');
  if (twists.includes(pending) || twists.includes(confirming)) {
    gone.push('accept', 'claim-license', 'request-unsubscription', 'remind-buyer', 'unsubscribe');
  }
  // The seller comes after the operator.
  if (twists.includes(confirming)) gone.push('approve-unsubscription', 'reject-unsubscription');
  // Where the goods go can change only until they are on their way (domain.md 2.7).
  if (state.shipment !== null) gone.push('change-address', 'ship');
  if (twists.includes(notifying)) gone.push('restart-call');
  return state.node === 'ENDED' || (twists.includes(appealed) && party) || gone.includes(command);
}

test.each(flows.filter(([, { supervised }]) => supervised))(
  'a trial of %s is never refundable',
  (delivery, flow) => {
    const nodes = (Object.keys(flow.nodes) as Node[]).filter((node) => !REFUND_NODES.includes(node));
    for (const node of nodes.filter((one) => one !== 'ENDED')) {
      const line = lineAt(delivery, node, true);
      expect(whyNot(line, 'request-unsubscription', 'buyer')?.code).toBe('TRIAL_NOT_REFUNDABLE');
      expect(line.view().allowed.map(({ command }) => command)).not.toContain('request-unsubscription');
    }
  },
);

describe('unsubscribing without reason', () => {
  const refused = (line: Line) => whyNot(line, 'unsubscribe', 'buyer')?.code;
  const once = { mode: 'ONE_TIME' as const };

  test.each(flows.map(([delivery]) => delivery))('is there for %s, or refused for its kind', (delivery) => {
    const line = lineAt(delivery, 'FIVE_DAYS');
    const has = delivery === 'saas' || delivery === 'image';
    expect(refused(line)).toBe(has ? undefined : 'NO_FIVE_DAYS');
    expect(refused(lineAt(delivery, 'FIVE_DAYS', true))).toBe('TRIAL_NOT_REFUNDABLE');
    Object.assign(line.order.charging, once);
    expect(refused(line)).toBe('NO_FIVE_DAYS');
  });

  test('comes neither before the completion nor after the five days', () => {
    expect(refused(lineAt('saas', 'POLLING'))).toBe('NOT_ALLOWED_NOW');
    const ended = lineAt('saas', 'ENDED');
    // It ended under a release that knew of no five days.
    ended.state.status = 'COMPLETED';
    expect(refused(ended)).toBe('ORDER_ENDED');
    ended.state.fiveDaysUntil = NOW;
    expect(whyNot(ended, 'unsubscribe', 'buyer')).toEqual({
      code: 'FIVE_DAYS_OVER',
      params: { at: '2026-11-23 10:00:00 (UTC+8)' },
    });
    ended.state.status = 'UNSUBSCRIBED';
    expect(refused(ended)).toBe('ORDER_ENDED');
  });

  test.each([
    [-1, undefined],
    [0, 'FIVE_DAYS_OVER'],
    [1, 'FIVE_DAYS_OVER'],
  ])('%i ms from the end of the five days is refused with %s', (ms, code) => {
    const line = lineAt('saas', 'FIVE_DAYS');
    line.state.fiveDaysUntil = NOW;
    jest.useFakeTimers({ now: NOW + ms });
    const by = { role: 'buyer' as const, sub: 'buyer-1' };
    let found: unknown;
    try {
      unsubscribeWithoutReason.check(line, { by, data: {} });
    } catch (error) {
      found = (error as { type?: unknown }).type;
    }
    jest.useRealTimers();
    expect(found).toBe(code);
  });

  test('comes once', () => {
    const line = lineAt('image', 'FIVE_DAYS');
    pending(line);
    expect(refused(line)).toBe('UNSUBSCRIPTION_PENDING');
  });
});

test('what an operator asked of a stuck refund is carried out before anything else is taken', () => {
  const line = lineAt('service', 'REFUNDING');
  unsubscribe(line, 'As agreed');
  line.change({ node: 'REFUND_STUCK', dueAt: null }, { note: 'Refused.' });
  line.state.undo!.asked = 'record';
  expect(line.view().allowed).toEqual([]);
});

test('during a call to the seller it is said so, not that nothing can be restarted', () => {
  const line = lineAt('service', 'DELIVERING');
  notifying(line);
  expect(whyNot(line, 'restart-call', 'seller')?.code).toBe('CALL_IN_PROGRESS');
});
