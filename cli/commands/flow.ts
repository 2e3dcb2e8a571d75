import type { Command } from 'commander';
import { StewardError } from '../../domain/errors';
import { FLOWS } from '../../workflows/flows';
import { describeFlow } from '../flow/description';
import { flowsDocument } from '../flow/document';
import { flowDiagram } from '../flow/mermaid';
import type { Io } from '../io';
import { print } from '../session';

/** `steward flow …`: the flows of the delivery kinds, as this release has them. */
export function flowCommand(program: Command, io: Io): void {
  const flow = program.command('flow').description('Show what becomes of an order, by its delivery kind');
  flowShowCommand(flow, io);
  flowDocsCommand(flow, io);
}

function flowShowCommand(flow: Command, io: Io): void {
  flow
    .command('show')
    .description('Print a flow as a Mermaid state diagram, or list the delivery kinds')
    .argument('[kind]', 'delivery kind')
    .addHelpText('after', '\nExample:\n  steward flow show license-code')
    .action((kind: string | undefined, _options: unknown, command: Command) => {
      if (kind === undefined) print(command, io, { kinds: KINDS }, ({ kinds }) => kinds.join('\n'));
      else print(command, io, flowOfKind(kind), flowDiagram);
    });
}

function flowDocsCommand(flow: Command, io: Io): void {
  flow
    .command('docs')
    .description('Print the text of docs/flows.md: all flows with their nodes')
    .addHelpText('after', '\nExample:\n  steward flow docs > docs/flows.md')
    .action((_options: unknown, command: Command) => {
      print(command, io, { markdown: flowsDocument() }, ({ markdown }) => markdown.trimEnd());
    });
}

const KINDS = Object.keys(FLOWS);

function flowOfKind(kind: string) {
  const flow = describeFlow(kind);
  if (flow) return flow;
  throw new StewardError('INVALID_REQUEST', {
    problems: `There is no flow of delivery kind ${kind}; there are ${KINDS.join(', ')}`,
  });
}
