import { FLOWS } from '../../workflows/flows';
import { describeFlow, type FlowDescription, type NodeDescription } from './description';
import { flowDiagram } from './mermaid';
import { commandWords, reviewWords } from './words';

const INTRODUCTION = `# Flows

What becomes of an order line, by its delivery kind. Made from the data in [\`workflows/flows/\`](../workflows/flows)
by \`npm run docs:flows\`: change the data, not this file.

An arrow with words is a command and the roles that may give it (\`steward order do\`, or
\`POST /v1/orders/{orderId}/{command}\`); \`activate-license\` is the call of the seller's software,
\`POST /v1/licenses/activate\`. An arrow without words is taken by the line itself. What can be done from every node
of the supervision is drawn once, from its frame; the end inside the frame is the acceptance of the delivery.`;

/** The text of `docs/flows.md`: each flow once, with its diagram and its nodes. */
export function flowsDocument(): string {
  return `${[INTRODUCTION, ...differentFlows().map(section)].join('\n\n')}\n`;
}

/** Kinds that share a flow share its section. */
function differentFlows(): { kinds: string[]; flow: FlowDescription }[] {
  const kindsOf = new Map<unknown, string[]>();
  for (const [kind, flow] of Object.entries(FLOWS)) kindsOf.set(flow, [...(kindsOf.get(flow) ?? []), kind]);
  return [...kindsOf.values()].flatMap((kinds) => {
    const flow = describeFlow(kinds[0] ?? '');
    return flow ? [{ kinds, flow }] : [];
  });
}

function section({ kinds, flow }: { kinds: string[]; flow: FlowDescription }): string {
  const everywhere = flow.everywhere.map((given) => `\`${commandWords(given)}\``).join(', ');
  return [
    `## ${kinds.map((kind) => `\`${kind}\``).join(', ')}`,
    `\`\`\`mermaid\n${flowDiagram(flow)}\n\`\`\``,
    ['| node | 中文 | whose move | commands |', '| --- | --- | --- | --- |', ...flow.nodes.map(row)].join(
      '\n',
    ),
    ...(everywhere ? [`In every node of the supervision, when there is a use for it: ${everywhere}.`] : []),
  ].join('\n\n');
}

function row(node: NodeDescription): string {
  const { name, waitingFor, commands } = node;
  const review = reviewWords(node);
  const english = review ? `${name.en} (${review})` : name.en;
  const given = commands.map((command) => `\`${commandWords(command)}\``).join(', ') || '–';
  return `| \`${node.node}\` ${english} | ${name.zh} | ${waitingFor} | ${given} |`;
}
