import { customType } from 'drizzle-orm/pg-core';

/** A moment: epoch milliseconds in code, `timestamptz` to the millisecond in SQL. */
export const moment = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (milliseconds) => new Date(milliseconds).toISOString(),
  fromDriver: (text) => new Date(text).getTime(),
});

/**
 * A JSON value as `jsonb`. PostgreSQL refuses NUL and lone surrogates there; a seller's text with one of
 * them must not keep a row from being saved, so they become U+FFFD.
 */
export const json = <Value>(name: string) => jsonColumn<Value>()(name);

const jsonColumn = <Value>() =>
  customType<{ data: Value; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) =>
      JSON.stringify(value, (_key, item: unknown) =>
        typeof item === 'string' ? item.replace(/\p{Surrogate}|\0/gu, '\ufffd') : item,
      ),
    fromDriver: (value) => (typeof value === 'string' ? JSON.parse(value) : value) as Value,
  });
