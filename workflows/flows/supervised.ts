import type { Node } from '../../domain/nodes';
import { refundNodes, type Flow, type FlowNode } from './flow';

/**
 * A supervised delivery (domain.md 2): from each of its nodes an operator may close the order, an appeal may
 * complete it, and an agreed unsubscription may refund it.
 */
export function supervised(start: Node, nodes: Flow['nodes']): Flow {
  const all = Object.entries(nodes).map(([name, node]): [string, FlowNode] => [
    name,
    {
      ...node,
      commands: ['close'],
      restarts: 'orderNotify',
      next: [...(node.next ?? []), 'REFUNDING', 'ENDED'],
    },
  ]);
  return { supervised: true, start, nodes: { ...Object.fromEntries(all), ...refundNodes() } };
}
