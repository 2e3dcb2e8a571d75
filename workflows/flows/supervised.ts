import type { Node } from '../../domain/nodes';
import type { Scene } from '../../domain/schemas/order';
import { refundNodes, type Flow, type FlowNode } from './flow';

/** What most kinds share: the seller delivers, an operator reviews it in these scenes, the buyer accepts it. */
export function deliveredByHand(reviewsScenes: readonly Scene[]) {
  return {
    DELIVERING: { waitingFor: 'seller', needsProof: true, moves: { deliver: 'REVIEWING' } },
    REVIEWING: {
      waitingFor: 'operator',
      reviewsScenes,
      moves: { 'review-pass': 'ACCEPTING', 'review-reject': 'DELIVERING' },
    },
    ACCEPTING: { waitingFor: 'buyer', moves: { accept: 'ENDED', reject: 'DELIVERING' } },
  } as const satisfies Flow['nodes'];
}

/**
 * A supervised delivery (domain.md 2): from each of its nodes an operator may close the order, an appeal may
 * complete it, and an agreed unsubscription may refund it.
 */
export function supervised(start: Node, nodes: Flow['nodes']): Flow {
  const all = Object.entries(nodes).map(([name, node]): [string, FlowNode] => [
    name,
    {
      ...node,
      commands: [...(node.commands ?? []), 'close'],
      restarts: 'orderNotify',
      next: [...(node.next ?? []), 'REFUNDING', 'ENDED'],
    },
  ]);
  return { supervised: true, start, nodes: { ...Object.fromEntries(all), ...refundNodes() } };
}
