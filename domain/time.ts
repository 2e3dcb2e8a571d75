/** The business zone, Asia/Shanghai: UTC+8 all year since 1991. */
const OFFSET = 8 * 3_600_000;

/** ISO 8601 in the business zone, for example `2026-11-23T18:00:00.000+08:00`. */
export function iso(ms: number): string {
  return `${new Date(ms + OFFSET).toISOString().slice(0, -1)}+08:00`;
}

/** For people: `2026-11-23 18:00:00 (UTC+8)`. */
export function formatTime(ms: number): string {
  return `${new Date(ms + OFFSET).toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`;
}
