/** The business zone, Asia/Shanghai: UTC+8 all year since 1991. */
export const ZONE_OFFSET = 8 * 3_600_000;

const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether a moment is in the years 1 to 9999, which ISO 8601 and SQL write alike. */
export function isWritable(ms: number): boolean {
  return ms >= FIRST_MOMENT && ms <= LAST_MOMENT;
}

/** ISO 8601 in the business zone, for example `2026-11-23T18:00:00.000+08:00`. */
export function iso(ms: number): string {
  return `${new Date(ms + ZONE_OFFSET).toISOString().slice(0, -1)}+08:00`;
}

/** For people: `2026-11-23 18:00:00 (UTC+8)`. */
export function formatTime(ms: number): string {
  return `${new Date(ms + ZONE_OFFSET).toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`;
}

const DAY = 86_400_000;

/** 24:00 of the day, in the business zone, that a moment is in; epoch milliseconds. */
export function endOfDay(ms: number): number {
  return Math.floor((ms + ZONE_OFFSET) / DAY) * DAY + DAY - ZONE_OFFSET;
}
