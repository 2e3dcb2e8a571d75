import { COMMAND_NAMES, COMMANDS } from '../../domain/commands';
import type { Node } from '../../domain/nodes';
import type { Delivery } from '../../domain/schemas/order';
import { followers, nodeOf, FLOWS, type Flow } from '../../workflows/flows';

const flows = Object.entries(FLOWS) as [Delivery, Flow][];

const nodesOf = (flow: Flow) => Object.keys(flow.nodes) as Node[];

function reachableFrom(flow: Flow, start: Node): Set<Node> {
  const seen = new Set<Node>([start]);
  for (const node of seen) for (const next of followers(flow, node)) seen.add(next);
  return seen;
}

describe.each(flows)('the flow of %s', (_, flow) => {
  test('reaches every node from its start', () => {
    expect([...reachableFrom(flow, flow.start)].sort()).toEqual(nodesOf(flow).sort());
  });

  test('has one dead end, and it can be reached from everywhere', () => {
    const deadEnds = nodesOf(flow).filter((node) => followers(flow, node).length === 0);
    expect(deadEnds).toEqual(['ENDED']);
    for (const node of nodesOf(flow)) expect(reachableFrom(flow, node)).toContain('ENDED');
  });

  test('never leads back once money goes back', () => {
    const after = [...reachableFrom(flow, 'REFUNDING')];
    expect(after.filter((node) => nodeOf(flow, node).moves !== undefined)).toEqual([]);
    expect(after).not.toContain(flow.start);
  });

  test('lets whoever is to move do something, in each node that moves by commands', () => {
    const stuck = nodesOf(flow).filter((node) => {
      const { waitingFor, moves = {} } = nodeOf(flow, node);
      const movers = Object.keys(moves).filter((mover) => mover !== 'activate-license');
      return movers.some((mover) => !COMMANDS[mover as keyof typeof COMMANDS].includes(waitingFor as never));
    });
    expect(stuck).toEqual([]);
  });
});

test('goods are never on their way where their address can change', () => {
  const { nodes } = FLOWS.hardware!;
  const shipped = new Set<Node>();
  const goOn = (node: Node): void => {
    if (shipped.has(node)) return;
    shipped.add(node);
    for (const [move, to] of Object.entries(nodes[node]?.moves ?? {})) {
      // A rejection takes the parcel back.
      if (!/reject/.test(move)) goOn(to);
    }
  };
  goOn(nodes.SHIPPING!.moves!.ship!);
  expect([...shipped].filter((node) => nodes[node]?.commands?.includes('change-address'))).toEqual([]);
  expect([...shipped].filter((node) => nodes[node]?.commands?.includes('correct-logistics'))).toEqual([
    'REVIEWING',
    'ACCEPTING',
  ]);
});

test('each command has a place in some flow, or is negotiated', () => {
  const placed = flows.flatMap(([, flow]) =>
    nodesOf(flow).flatMap((node) => {
      const { commands = [], moves = {} } = nodeOf(flow, node);
      return [...commands, ...Object.keys(moves)];
    }),
  );
  const negotiated = COMMAND_NAMES.filter((command) => /unsubscription|appeal/.test(command));
  const known = new Set([...placed, ...negotiated]);
  expect(COMMAND_NAMES.filter((command) => !known.has(command))).toEqual([]);
});
