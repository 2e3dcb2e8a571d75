import { createHash } from 'node:crypto';

/**
 * SHA-256 (hex) of a JSON value, whatever the order of its keys: two bodies that say the same have the
 * same hash. Absent and `undefined` properties are one; the order of arrays counts.
 */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
