import { COMMAND_NAMES } from '../../domain/commands';
import { NODE_NAMES, type Node } from '../../domain/nodes';
import { SAAS_FLOW } from '../../workflows/flows/saas';

function reachableFrom(start: Node): Set<Node> {
  const seen = new Set<Node>([start]);
  for (const node of seen) for (const next of SAAS_FLOW[node].next) seen.add(next);
  return seen;
}

describe('the saas flow', () => {
  test('reaches every node from the start', () => {
    expect([...reachableFrom('OPENING')].sort()).toEqual([...NODE_NAMES].sort());
  });

  test('has one dead end, and it can be reached from everywhere', () => {
    const deadEnds = NODE_NAMES.filter((node) => SAAS_FLOW[node].next.length === 0);
    expect(deadEnds).toEqual(['ENDED']);
    for (const node of NODE_NAMES) expect(reachableFrom(node)).toContain('ENDED');
  });

  test('never leads back to an opening once money goes back', () => {
    expect(reachableFrom('REFUNDING')).not.toContain('OPENING');
    expect(reachableFrom('REFUNDING')).not.toContain('POLLING');
  });

  test('gives each command a node, and the end none', () => {
    const given = new Set(NODE_NAMES.flatMap((node) => SAAS_FLOW[node].commands));
    expect([...given].sort()).toEqual([...COMMAND_NAMES].sort());
    expect(SAAS_FLOW.ENDED.commands).toEqual([]);
  });

  test('waits for somebody in each node but the end', () => {
    const idle = NODE_NAMES.filter((node) => SAAS_FLOW[node].waitingFor === 'nobody');
    expect(idle).toEqual(['ENDED']);
  });
});
