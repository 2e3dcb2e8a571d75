import { iso } from '../../domain/time';

/**
 * An API time, which is in UTC+8, for those who watch: `18:00:00`, of another day `2026-11-26 18:00:00`.
 *
 * @param now epoch milliseconds
 */
export function clockTime(at: string, now: number): string {
  const [date = '', clock = ''] = at.slice(0, 19).split('T');
  return iso(now).startsWith(date) ? clock : `${date} ${clock}`;
}
