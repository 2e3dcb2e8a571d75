import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import { details } from './details';
import type { Line } from './line';

/** What the Temporal UI shows of a line now. */
export interface Shown {
  revision: number;
  /** The search attributes, as JSON. */
  attributes: string;
}

/** What the Temporal UI shows when `announce` begins: of a new SaaS line, what it was started with. */
export function shownAtStart(line: Line): Shown {
  // Before release 0.4.0 each line said it once more by itself.
  const known = line.since040 && line.state.revision === 1;
  return { revision: 0, attributes: known ? attributesOf(line) : '' };
}

/** Brings the Temporal UI's list and page up to date. */
export function display(line: Line, shown: Shown): void {
  const { state } = line;
  if (shown.revision === state.revision) return;
  shown.revision = state.revision;
  setCurrentDetails(details(line));
  const attributes = attributesOf(line);
  if (attributes === shown.attributes || line.passing === state.revision) return;
  shown.attributes = attributes;
  const { status, node, waitingFor, dueAt } = state;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.orderStatus, value: status },
    { key: SEARCH_ATTRIBUTES.node, value: node },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: waitingFor },
    { key: SEARCH_ATTRIBUTES.dueAt, value: dueAt === null ? null : new Date(dueAt) },
  ]);
}

function attributesOf({ state: { status, node, waitingFor, dueAt } }: Line): string {
  return JSON.stringify({ status, node, waitingFor, dueAt });
}
