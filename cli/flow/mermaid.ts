import type { Edge, FlowDescription, NodeDescription } from './description';
import { commandWords, reviewWords } from './words';

/** A flow as a Mermaid state diagram. */
export function flowDiagram(flow: FlowDescription): string {
  const inside = flow.nodes.filter(({ supervised }) => supervised);
  return ['stateDiagram-v2', ...indent(inside.length > 0 ? supervisedLines(flow) : plainLines(flow))].join(
    '\n',
  );
}

function plainLines({ start, nodes, edges }: FlowDescription): string[] {
  return [...nodes.map(stateLine), `[*] --> ${start}`, ...edges.map(edgeLine), 'ENDED --> [*]'];
}

/**
 * The supervision is a state that holds its nodes, so that what leaves it from all of them is drawn once. Its
 * own end is the acceptance, after which the line has ended.
 */
function supervisedLines({ start, nodes, edges }: FlowDescription): string[] {
  const inside = new Set<string>(nodes.filter(({ supervised }) => supervised).map(({ node }) => node));
  const inner = edges.filter(({ from }) => inside.has(from));
  return [
    'state "服务监管 Supervision" as SUPERVISION {',
    ...indent([
      ...nodes.filter(({ node }) => inside.has(node)).map(stateLine),
      `[*] --> ${start}`,
      ...inner.map((edge) => edgeLine(edge.to === 'ENDED' ? { ...edge, to: '[*]' } : edge)),
    ]),
    '}',
    ...nodes.filter(({ node }) => !inside.has(node)).map(stateLine),
    '[*] --> SUPERVISION',
    'SUPERVISION --> ENDED',
    ...edges.filter((edge) => !inner.includes(edge)).map(edgeLine),
    'ENDED --> [*]',
  ];
}

/** Both names, and whose move it is. */
function stateLine(node: NodeDescription): string {
  const { name, waitingFor } = node;
  const lines = [name.zh, name.en, waitingFor === 'nobody' ? null : `waits for ${waitingFor}`];
  const label = [...lines, reviewWords(node)].filter((line) => line !== null).join('<br/>');
  return `state "${label}" as ${node.node}`;
}

/** Mermaid ends a label at a colon or semicolon: there are none in commands and roles. */
function edgeLine({ from, to, by, noReviewDue }: Omit<Edge, 'to'> & { to: string }): string {
  const words = [...(by ?? []).map(commandWords), ...(noReviewDue ? ['no review due'] : [])];
  return `${from} --> ${to}${words.length > 0 ? ` : ${words.join('<br/>')}` : ''}`;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
