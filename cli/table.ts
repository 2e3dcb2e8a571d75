import Table from 'cli-table3';
import { formatTime } from '../domain/time';
import { plain } from './plain';

/** Stands where there is nothing to show. */
export const NOTHING = '–';

/** A table without frames, for people and their pipes. Cells are made safe for a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return lines([head.map((title) => title.toUpperCase()), ...rows]);
}

/** A name and its value; one without a value is left out. */
export type Fact = readonly [name: string, value: string | null];

/** Names and values, one pair on a line. */
export function facts(pairs: readonly Fact[]): string {
  return lines(pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** An API time in the business zone, for example `2026-11-23 18:00:00 (UTC+8)`. */
export function time(iso: string | null): string {
  return iso === null ? NOTHING : formatTime(Date.parse(iso));
}

/** cli-table3 knows how wide Chinese characters are. */
function lines(rows: readonly (readonly string[])[]): string {
  const grid = new Table({ chars: NO_FRAME, style: { 'padding-left': 0, 'padding-right': 2 } });
  grid.push(...rows.map((row) => row.map(plain)));
  return grid.toString().replace(/ +$/gm, '');
}

const NO_FRAME = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((part) => [part, '']),
);
