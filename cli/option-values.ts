import { InvalidArgumentError } from 'commander';

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of `90s`, `30m`, `1h` or `7d`. */
export function duration(text: string): number {
  const [, n, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  if (!n || !unit) throw new InvalidArgumentError('It is for example 90s, 30m, 1h or 7d.');
  return Number(n) * SECONDS[unit as keyof typeof SECONDS];
}

/** Basis points: hundredths of a percent. */
export function basisPoints(text: string): number {
  return whole(text, 0, 10_000);
}

/** How many working days: a year and a half of them at most. */
export function workingDays(text: string): number {
  return whole(text, 1, 400);
}

const MOMENT = /^((?:19|20|21)\d\d-\d\d-\d\d)T\d\d:\d\d(:\d\d([.]\d{1,3})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Epoch milliseconds of ISO 8601 with offset; without one it would be another moment on each machine. */
export function moment(text: string): number {
  const [, day = ''] = MOMENT.exec(text) ?? [];
  const moment = Date.parse(text);
  // Date.parse takes 30 February for 2 March.
  const midnight = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  if (day === '' || !exists || Number.isNaN(moment)) {
    throw new InvalidArgumentError(
      'It is a moment of the years 1900 to 2199 with its offset, for example 2026-09-30T17:00:00+08:00.',
    );
  }
  return moment;
}

/** A TCP port. */
export function port(text: string): number {
  return whole(text, 1, 65_535);
}

/** A share of all, in whole percent. */
export function percent(text: string): number {
  return whole(text, 0, 100);
}

/** How many, at least one. */
export function count(text: string): number {
  return whole(text, 1, 999_999_999);
}

function whole(text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most) {
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  }
  return value;
}
