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

/** A TCP port. */
export function port(text: string): number {
  return whole(text, 1, 65_535);
}

function whole(text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most) {
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  }
  return value;
}
