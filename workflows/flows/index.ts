import type { Node } from '../../domain/nodes';
import type { Delivery } from '../../domain/schemas/order';
import type { Flow, FlowNode } from './flow';
import { HARDWARE } from './hardware';
import { IMAGE } from './image';
import { LICENSE } from './license';
import { LICENSE_CODE } from './license-code';
import { LICENSE_DEVICE } from './license-device';
import { SAAS } from './saas';
import { SERVICE } from './service';

export type { Flow, FlowNode } from './flow';

/** The delivery kinds that are built, each with its flow. */
export const FLOWS: Readonly<Partial<Record<Delivery, Flow>>> = {
  saas: SAAS,
  image: IMAGE,
  'saas-offline': SERVICE,
  service: SERVICE,
  hardware: HARDWARE,
  'license-offline': LICENSE,
  'license-package': LICENSE,
  'license-code': LICENSE_CODE,
  'license-device': LICENSE_DEVICE,
};

/** The flow of a line's delivery. A line of a kind that is not built is never placed. */
export function flowOf(delivery: Delivery): Flow {
  return FLOWS[delivery] ?? SAAS;
}

/** A node of a flow; a node that the flow does not have has no way out. */
export function nodeOf(flow: Flow, node: Node): FlowNode {
  return flow.nodes[node] ?? { waitingFor: 'nobody' };
}

/** Where a review lets a delivery pass that it does not concern; undefined when the node is no review. */
export function pastReview(flow: Flow, node: Node): Node | undefined {
  const { reviewsScenes, moves = {} } = nodeOf(flow, node);
  return reviewsScenes && moves['review-pass'];
}

/** All nodes that may follow a node: a review, and what comes after it for those whom it does not concern. */
export function followers(flow: Flow, node: Node): Node[] {
  const { moves = {}, next = [] } = nodeOf(flow, node);
  return [...Object.values(moves), ...next].flatMap((to) => {
    const past = pastReview(flow, to);
    return past ? [to, past] : [to];
  });
}
