import { COMMANDS, type Command } from '../../../domain/commands';
import { NODES, type Node } from '../../../domain/nodes';
import type { Delivery } from '../../../domain/schemas/order';
import { flowOf, FLOWS, followers, nodeOf } from '../../../workflows/flows';
import { steward } from '../steward';
import { parseDiagram, type Diagram } from './mermaid-grammar';

/** What `steward flow` prints, and that it tells what the data say. */

const KINDS = Object.keys(FLOWS) as Delivery[];

async function show(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await steward(['flow', 'show', ...args]);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return stdout;
}

/** Where the picture leads from a node, by arrows of its own and of the frame around it. */
function drawnFollowers({ edges }: Diagram, node: string): Set<string> {
  const own = edges.filter(({ from }) => from === node);
  const framed = own.some(({ within }) => within === 'SUPERVISION');
  const frame = framed ? edges.filter(({ from, label }) => from === 'SUPERVISION' && label !== null) : [];
  return new Set([...own, ...frame].map(({ to }) => (to === '[*]' ? 'ENDED' : to)));
}

describe.each(KINDS)('the picture of %s', (kind) => {
  const flow = flowOf(kind);
  let diagram: Diagram;
  beforeAll(async () => {
    diagram = parseDiagram(await show(kind));
  });

  test('has each node with both names and whose move it is', () => {
    const labels = Object.entries(flow.nodes).map(([node, { waitingFor }]) => [node, waitingFor] as const);
    expect([...diagram.states.keys()].filter((id) => id !== 'SUPERVISION').sort()).toEqual(
      Object.keys(flow.nodes).sort(),
    );
    for (const [node, waitingFor] of labels) {
      const { zh, en } = NODES[node as Node];
      const waits = waitingFor === 'nobody' ? '' : `<br/>waits for ${waitingFor}`;
      expect(diagram.states.get(node)).toMatch(new RegExp(`^${zh}<br/>${en}${waits}(<br/>only .*)?$`));
    }
  });

  test('begins and ends where the flow does', () => {
    const start = flow.supervised ? ['SUPERVISION', flow.start] : [flow.start];
    const begins = diagram.edges.filter(({ from }) => from === '[*]').map(({ to }) => to);
    expect(begins.sort()).toEqual(start.sort());
    expect(diagram.edges).toContainEqual({ from: 'ENDED', to: '[*]', label: null, within: null });
  });

  test('leads from each node to its followers, and past a review that is not due', () => {
    for (const node of Object.keys(flow.nodes).filter((name) => name !== 'ENDED') as Node[]) {
      const to = followers(flow, node);
      expect({ node, to: [...drawnFollowers(diagram, node)].sort() }).toEqual({
        node,
        to: [...new Set(to)].sort(),
      });
    }
  });

  test('names on each arrow only commands that its node has, with their roles', () => {
    const words = diagram.edges.flatMap(({ from, label }) =>
      (label ?? '')
        .split('<br/>')
        .flatMap((word) => (word && word !== 'no review due' ? [[from, word]] : [])),
    );
    for (const [from = '', word = ''] of words) {
      const [, command = '', roles] = /^([\w-]+)(?: \w+)? \(([\w, ]+)\)$/.exec(word) ?? [];
      const { moves = {}, commands = [] } = nodeOf(flow, from as Node);
      const has = from === 'SUPERVISION' || command in moves || commands.includes(command as never);
      expect({ word, has }).toEqual({ word, has: true });
      const given = command === 'activate-license' ? ['seller'] : COMMANDS[command as Command];
      expect({ word, roles }).toEqual({ word, roles: given.join(', ') });
    }
  });
});

test('a move by a command, one by the line itself, a review and what ends the supervision, in words', async () => {
  const code = await show('license-code');
  expect(code).toContain('    CLAIMING --> ACTIVATING : claim-license (buyer)\n');
  expect(code).toContain('    ISSUING_CODE --> CLAIMING\n');
  expect(code).toContain('waits for operator<br/>only empowerment with joint or huawei" as REVIEWING\n');
  expect(code).toContain('    PROVING --> [*] : submit-proof (seller)<br/>no review due\n');
  expect(code).toContain('  SUPERVISION --> ENDED : resolve-appeal complete (operator)\n');
  expect(code).toContain(
    '  SUPERVISION --> REFUNDING : close (operator)<br/>approve-unsubscription (seller)' +
      '<br/>resolve-appeal refund (operator)\n',
  );
  expect(await show('license-device')).toContain('only empowerment or base with joint or huawei');
});

test('what only an operator can do is not drawn as what the line does by itself', async () => {
  const { edges } = parseDiagram(await show('saas'));
  const labels = (from: string, to: string) =>
    edges.filter((edge) => edge.from === from && edge.to === to).map(({ label }) => label);
  expect(labels('RELEASE_UNCONFIRMED', 'ENDED')).toEqual(['confirm-release (operator)']);
  expect(labels('REFUND_STUCK', 'REFUNDING')).toEqual(['retry-refund (operator)']);
  expect(labels('OPENING', 'REFUNDING')).toEqual([null, 'close (operator)']);
});

test('programs get the flow as data', async () => {
  const flow = JSON.parse(await show('service', '--json')) as { nodes: object[]; edges: object[] };
  expect(flow).toMatchObject({ kind: 'service', supervised: true, start: 'SUBMITTING_REQUIREMENT' });
  expect(flow.nodes).toContainEqual({
    node: 'REVIEWING',
    name: { en: 'Huawei Cloud review', zh: '华为云复核' },
    waitingFor: 'operator',
    supervised: true,
    commands: [
      { command: 'review-pass', roles: ['operator'] },
      { command: 'review-reject', roles: ['operator'] },
    ],
    reviews: { scenes: ['empowerment'], trades: ['joint', 'huawei'] },
  });
  const deliver = { from: 'DELIVERING', by: [{ command: 'deliver', roles: ['seller'] }] };
  expect(flow.edges).toContainEqual({ ...deliver, to: 'REVIEWING' });
  expect(flow.edges).toContainEqual({ ...deliver, to: 'ACCEPTING', noReviewDue: true });
});

test('without a kind the kinds are listed', async () => {
  expect(await show()).toBe(`${KINDS.join('\n')}\n`);
  expect(JSON.parse(await show('--json'))).toEqual({ kinds: KINDS });
});

test.each(['pay-per-use', 'toString', '__proto__', 'SAAS', ''])(
  'kind %j is refused with the list',
  async (kind) => {
    const { stdout, stderr, exitCode } = await steward(['flow', 'show', kind]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(
      /^INVALID_REQUEST: There is no flow of delivery kind .*; there are saas, .*service/,
    );
  },
);
