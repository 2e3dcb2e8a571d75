import type { Node, Status } from '../../domain/nodes';
import { NODES } from '../../domain/nodes';
import type { Delivery } from '../../domain/schemas/order';
import { FLOWS, followers, nodeOf, type Flow, type FlowNode } from '../../workflows/flows';

/** Where a line stands in its flow. */
export interface Standing {
  delivery: Delivery;
  node: Node;
  status: Status;
}

/** Nodes in reading order, and those among them that not every line comes to. */
interface Way {
  nodes: readonly Node[];
  optional: readonly Node[];
}

/** The way of a line through its flow, and once money goes back the way of that, in one language. */
export interface WayText {
  /** For example `提交需求 → 商家确认需求 → [商家实施交付] → (华为云复核) → 用户确认验收 → 已结束`. */
  forward: string;
  /** Null as long as nothing is refunded. */
  back: string | null;
}

/**
 * Draws the flow of a line on one line of text: the present node in brackets, what not every line comes to in
 * parentheses. Null for a delivery kind that this release does not know.
 */
export function wayText({ delivery, node, status }: Standing, language: 'en' | 'zh'): WayText | null {
  const flow = FLOWS[delivery];
  if (flow === undefined) return null;
  const forward = forwardWay(flow);
  const isForward = forward.nodes.includes(node) && (status === 'PROCESSING' || status === 'COMPLETED');
  return {
    forward: draw(forward, isForward ? node : null, language),
    back: isForward ? null : draw(backWay(flow, forward), node, language),
  };
}

/** From the start to the end by the first follower of each node, which is where a line is meant to go. */
function forwardWay(flow: Flow): Way {
  const nodes: Node[] = [];
  for (let node: Node | undefined = flow.start; node && !nodes.includes(node);) {
    nodes.push(node);
    [node] = followers(flow, node);
  }
  return { nodes, optional: nodes.filter((node) => isOptional(nodeOf(flow, node))) };
}

function isOptional({ reviewsScenes, forPeriodsOnly }: FlowNode): boolean {
  return reviewsScenes !== undefined || forPeriodsOnly === true;
}

/** The rest of the flow; of the refund only its begin and its end are certain. */
function backWay(flow: Flow, forward: Way): Way {
  const rest = (Object.keys(flow.nodes) as Node[]).filter((node) => !forward.nodes.includes(node));
  return { nodes: [...rest, 'ENDED'], optional: rest.slice(1) };
}

function draw({ nodes, optional }: Way, present: Node | null, language: 'en' | 'zh'): string {
  const words = nodes.map((node) => {
    const name = NODES[node][language];
    if (node === present) return `[${name}]`;
    return optional.includes(node) ? `(${name})` : name;
  });
  return words.join(' → ');
}
