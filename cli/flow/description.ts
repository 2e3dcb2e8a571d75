import { COMMANDS, type Command } from '../../domain/commands';
import { NODES, type Node } from '../../domain/nodes';
import type { Role, WaitingFor } from '../../domain/parties';
import type { Delivery, Scene } from '../../domain/schemas/order';
import { FLOWS, pastReview, type Flow, type FlowNode } from '../../workflows/flows';
import { REVIEWED_TRADES, type Mover } from '../../workflows/flows/flow';
import { IN_TRANSIT, NEGOTIATED } from '../../workflows/guards';

/** The flow of one delivery kind as it is shown: by `steward flow show`, and in `docs/flows.md`. */
export interface FlowDescription {
  kind: Delivery;
  supervised: boolean;
  start: Node;
  /** In reading order, the end last. */
  nodes: NodeDescription[];
  edges: Edge[];
  /** What may be commanded in every supervised node, beside what moves it on. */
  everywhere: Given[];
}

export interface NodeDescription {
  node: Node;
  name: { en: string; zh: string };
  waitingFor: WaitingFor;
  /** It belongs to the supervision, which some edges leave as a whole. */
  supervised: boolean;
  /** Of `everywhere` nothing is repeated here. */
  commands: Given[];
  /** Only these deliveries stop here; null where all do. */
  reviews: { scenes: readonly Scene[]; trades: readonly string[] } | null;
}

/** A command and who may give it. The licence's activation is a call of the seller's software. */
export interface Given {
  command: Mover | Command;
  roles: readonly Role[];
  /** Of an appeal: the verdict that has this effect. */
  verdict?: string;
}

export interface Edge {
  /** `SUPERVISION`: from each of the supervised nodes. */
  from: Node | 'SUPERVISION';
  to: Node;
  /** What leads along it, either one; null when the line goes by itself. */
  by: Given[] | null;
  /** It passes a review that is not due. */
  noReviewDue?: true;
}

/** Where a command with an effect of its own leads, and whether nothing else leads there. */
const EFFECTS: Partial<Record<Command, { to: readonly Node[]; alone?: true }>> = {
  close: { to: ['REFUNDING'] },
  'retry-refund': { to: ['REFUNDING'], alone: true },
  'record-refund': { to: ['RELEASING', 'RELEASE_UNCONFIRMED', 'ENDED'] },
  unsubscribe: { to: ['REFUNDING'], alone: true },
  'confirm-release': { to: ['ENDED'], alone: true },
};

/** What may be commanded in every node of a supervision. */
const EVERYWHERE: readonly Command[] = ['restart-call', 'close', ...NEGOTIATED];

/** How a line leaves the supervision from any of its nodes (domain.md 2.0, 3.1). */
const SUPERVISION_EDGES: readonly Edge[] = [
  {
    from: 'SUPERVISION',
    to: 'REFUNDING',
    by: [given('close'), given('approve-unsubscription'), { ...given('resolve-appeal'), verdict: 'refund' }],
  },
  {
    from: 'SUPERVISION',
    to: 'ENDED',
    by: [{ ...given('resolve-appeal'), verdict: 'complete' }],
  },
];

/** The flow of a delivery kind for people and programs; undefined for a kind that is not built. */
export function describeFlow(kind: string): FlowDescription | undefined {
  const flow = Object.hasOwn(FLOWS, kind) ? FLOWS[kind as Delivery] : undefined;
  if (flow === undefined) return undefined;
  const nodes = nodesOf(flow);
  return {
    kind: kind as Delivery,
    supervised: flow.supervised,
    start: flow.start,
    nodes: nodes.map(([name, node]) => describeNode(flow, name, node)),
    edges: [
      ...nodes.flatMap(([name, node]) => edgesFrom(flow, name, node)),
      ...(flow.supervised ? SUPERVISION_EDGES : []),
    ],
    everywhere: flow.supervised ? EVERYWHERE.filter((command) => isUsed(flow, command)).map(given) : [],
  };
}

/** Only goods can be in transit. */
function isUsed({ ships }: Flow, command: Command): boolean {
  return ships || !IN_TRANSIT.includes(command);
}

/** A node is under supervision until money goes back or it has ended. */
function isSupervised(flow: Flow, node: FlowNode): boolean {
  return flow.supervised && (node.commands ?? []).includes('close');
}

function nodesOf({ nodes: { ENDED, ...others } }: Flow): [Node, FlowNode][] {
  return Object.entries({ ...others, ENDED }) as [Node, FlowNode][];
}

function describeNode(flow: Flow, name: Node, node: FlowNode): NodeDescription {
  const supervised = isSupervised(flow, node);
  const { moves = {}, commands = [], waitingFor, reviewsScenes } = node;
  const own = commands.filter((command) => !supervised || !EVERYWHERE.includes(command));
  return {
    node: name,
    name: NODES[name],
    waitingFor,
    supervised,
    commands: [...(Object.keys(moves) as Mover[]), ...own].map(given),
    reviews: reviewsScenes ? { scenes: reviewsScenes, trades: REVIEWED_TRADES } : null,
  };
}

function edgesFrom(flow: Flow, from: Node, node: FlowNode): Edge[] {
  const { moves = {}, commands = [], next = [] } = node;
  const moved = (Object.entries(moves) as [Mover, Node][]).flatMap(([mover, to]) =>
    moveEdges(flow, from, mover, to),
  );
  const leaving = isSupervised(flow, node) ? SUPERVISION_EDGES.map(({ to }) => to) : [];
  const gone = next
    .filter((to) => !leaving.includes(to))
    .flatMap((to): Edge[] => {
      const leading = commands.filter((command) => EFFECTS[command]?.to.includes(to));
      const alone = leading.some((command) => EFFECTS[command]?.alone);
      return [
        ...(alone ? [] : [{ from, to, by: null }]),
        ...leading.map((command) => ({ from, to, by: [given(command)] })),
      ];
    });
  return [...moved, ...gone];
}

/** To a review also the edge that passes it. */
function moveEdges(flow: Flow, from: Node, mover: Mover, to: Node): Edge[] {
  const edge = { from, to, by: [given(mover)] };
  const passed = pastReview(flow, to);
  if (passed === undefined) return [edge];
  return [edge, { ...edge, to: passed, noReviewDue: true }];
}

function given(command: Mover | Command): Given {
  return { command, roles: command === 'activate-license' ? ['seller'] : COMMANDS[command] };
}
