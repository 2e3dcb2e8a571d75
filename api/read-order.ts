import { getOrder, type RegisteredLine } from '../db/order-lines';
import type { OrderAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import type { LineView, LogEntry } from '../domain/order-line';
import type { Party } from '../domain/parties';
import { inScope, scopeOf } from './access';
import type { ApiContext } from './context';
import { viewFor } from './view';

/** The lines of an order that a party may see, as the registry has them. Rejects with `NOT_FOUND` for none. */
export async function linesOf(
  { database }: Pick<ApiContext, 'database'>,
  party: Party,
  orderId: string,
): Promise<RegisteredLine[]> {
  const scope = scopeOf(party);
  const lines = (await getOrder(database, orderId)).filter(({ start }) => inScope(start.line, scope));
  if (lines.length === 0) throw new StewardError('NOT_FOUND', { what: 'order', id: orderId });
  return lines;
}

/** Asks the lines that are still open how they are; the registry stands in for one that does not answer. */
export async function refreshed(
  { lines: service }: Pick<ApiContext, 'lines'>,
  lines: RegisteredLine[],
): Promise<RegisteredLine[]> {
  return Promise.all(
    lines.map(async (line) => {
      const view = line.view.node === 'ENDED' ? null : await service.view(line);
      return view === null ? line : withView(line, view);
    }),
  );
}

/** The lines as the answer for a party. */
export async function orderAnswer(
  api: Pick<ApiContext, 'database' | 'keyring'>,
  party: Party,
  orderId: string,
  lines: RegisteredLine[],
): Promise<OrderAnswer> {
  return { orderId, lines: await Promise.all(lines.map((line) => viewFor(api, party, line))) };
}

/** The newer of the two views, with the log of both: SQL has the oldest entries, the workflow the newest. */
function withView(line: RegisteredLine, view: LineView): RegisteredLine {
  const newer = view.revision > line.view.revision ? view : line.view;
  return { ...line, view: { ...newer, log: merged(line.view.log, view.log) } };
}

function merged(...logs: LogEntry[][]): LogEntry[] {
  const bySeq = new Map(logs.flat().map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
