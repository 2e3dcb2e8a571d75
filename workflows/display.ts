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

/** Brings the Temporal UI's list and page up to date. */
export function display(line: Line, shown: Shown): void {
  const { state } = line;
  if (shown.revision === state.revision) return;
  shown.revision = state.revision;
  setCurrentDetails(details(line));
  const { status, node, waitingFor, dueAt } = state;
  const attributes = JSON.stringify({ status, node, waitingFor, dueAt });
  if (attributes === shown.attributes) return;
  shown.attributes = attributes;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.orderStatus, value: status },
    { key: SEARCH_ATTRIBUTES.node, value: node },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: waitingFor },
    { key: SEARCH_ATTRIBUTES.dueAt, value: dueAt === null ? null : new Date(dueAt) },
  ]);
}
