import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import { details } from './details';
import type { Line } from './line';

/** Beside the life of the line: keeps the Temporal UI's list and page up to date. Never returns. */
export async function display(line: Line): Promise<never> {
  const { state } = line;
  for (let shown = 0, attributes = ''; ;) {
    await condition(() => shown < state.revision && line.asking === 0);
    shown = state.revision;
    setCurrentDetails(details(line));
    const { status, node, waitingFor, dueAt } = state;
    const wanted = JSON.stringify({ status, node, waitingFor, dueAt });
    if (wanted === attributes) continue;
    attributes = wanted;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.orderStatus, value: status },
      { key: SEARCH_ATTRIBUTES.node, value: node },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: waitingFor },
      { key: SEARCH_ATTRIBUTES.dueAt, value: dueAt === null ? null : new Date(dueAt) },
    ]);
  }
}
