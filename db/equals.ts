import { eq, type Column, type SQL } from 'drizzle-orm';

/** A condition of a list: the column has the value that is filtered by; none when nothing is. */
export function equals(column: Column, value: string | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column, value);
}
