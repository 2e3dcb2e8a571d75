import type { Connection } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { RETENTION_DAYS, SEARCH_ATTRIBUTES } from '../temporal.config';

const { IndexedValueType } = temporal.api.enums.v1;
const DAY_SECONDS = 86_400;

/** Part of a connection that this file needs; the test environment's own connection has it too. */
type Services = Pick<Connection, 'operatorService' | 'workflowService'>;

type SearchAttribute = (typeof SEARCH_ATTRIBUTES)[keyof typeof SEARCH_ATTRIBUTES];
const ALL: readonly SearchAttribute[] = Object.values(SEARCH_ATTRIBUTES);

/**
 * Registers the search attributes that are missing. Done at every start: the dev server ignores its
 * flag for them on an existing database file (design §7).
 */
export async function registerSearchAttributes(connection: Services, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = ALL.filter(({ name }) => !(name in customAttributes));
  if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
}

/** What is wrong with the search attributes of a namespace. */
export interface SearchAttributeFaults {
  /** How many Steward needs. */
  all: number;
  missing: { name: string; type: 'Keyword' | 'Datetime' }[];
  /** They exist with another type. */
  mistyped: { name: string }[];
}

/** Compares a namespace's search attributes with those that Steward sets. */
export async function searchAttributeFaults(
  connection: Services,
  namespace: string,
): Promise<SearchAttributeFaults> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return {
    all: ALL.length,
    missing: ALL.filter(({ name }) => !(name in customAttributes)).map(({ name, type }) => ({
      name,
      type: type === SearchAttributeType.DATETIME ? 'Datetime' : 'Keyword',
    })),
    mistyped: ALL.filter(
      ({ name, type }) => name in customAttributes && customAttributes[name] !== indexedType(type),
    ),
  };
}

/** Adds search attributes; the time-skipping server, which cannot list them, needs all at each start. */
export async function addSearchAttributes(
  connection: Services,
  namespace: string,
  attributes = ALL,
): Promise<void> {
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(attributes.map(({ name, type }) => [name, indexedType(type)])),
  });
}

/** Keeps closed runs for `RETENTION_DAYS`; later reads come from the order registry. */
export async function setRetention(connection: Services, namespace: string): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: { seconds: RETENTION_DAYS * DAY_SECONDS } as never },
  });
}

function indexedType(type: SearchAttributeType): temporal.api.enums.v1.IndexedValueType {
  return type === SearchAttributeType.DATETIME
    ? IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
    : IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
}
