import { sql } from 'drizzle-orm';
import { askPlatform, platformOf } from '../ask-platform';
import type { Check } from '../check';
import { notChecked, ok, warning, wrong } from '../finding';
import type { Ground } from '../ground';

/** Sellers refuse calls whose time is 60 s from theirs (domain.md 1.1); theirs may be wrong as well. */
const MOST = 30_000;
/** Tokens of an issuer whose clock differs by more are refused. */
const NOTICED = 5_000;
/** Milliseconds of a moment that `Date` tells as one. */
const SECOND = 1_000;

/** By how much this machine's clock differs from others that it can ask: the database's and the platform's. */
export const CLOCK: Check = {
  name: 'clock',
  async look(ground, signal) {
    const asked = await Promise.allSettled([databaseClock(ground), platformClock(ground, signal)]);
    const known = asked.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
    if (known.length === 0) return notChecked('neither database nor platform tells its time');
    const words = known
      .map(({ whose, ms }) => `${(ms / 1_000).toFixed(1)} s from that of ${whose}`)
      .join(', ');
    const most = Math.max(...known.map(({ ms }) => Math.abs(ms)));
    const mend = 'let this machine and the other one keep their time by NTP (chrony, systemd-timesyncd)';
    if (most > MOST) return wrong(`it is ${words}; sellers refuse signatures that are 60 s off`, mend);
    if (most > NOTICED) return warning(`it is ${words}; tokens are refused from 5 s on`, mend);
    return ok(`it is ${words}`);
  },
};

interface Difference {
  whose: string;
  /** Ours less theirs, at the least: an answer that took long says no more. */
  ms: number;
}

/** Undefined for the embedded one: it has this machine's clock. */
async function databaseClock({ database, now }: Ground): Promise<Difference | undefined> {
  const { db, kind } = await database();
  if (kind === 'pglite') return undefined;
  const before = now();
  const [row] = (
    (await db.execute(sql`select extract(epoch from clock_timestamp()) * 1000 as ms`)) as {
      rows: { ms: string }[];
    }
  ).rows;
  const theirs = Number(row?.ms);
  return { whose: 'the database', ms: least([before, now()], [theirs, theirs]) };
}

/** Undefined when it tells no time, or is played by `steward up`. */
async function platformClock(ground: Ground, signal: AbortSignal): Promise<Difference | undefined> {
  const url = platformOf(ground);
  if (url === undefined) return undefined;
  const before = ground.now();
  const { date } = await askPlatform(url, signal);
  if (Number.isNaN(date)) return undefined;
  return { whose: 'the platform', ms: least([before, ground.now()], [date, date + SECOND]) };
}

type Span = readonly [from: number, to: number];

/** What lies between two spans of time; 0 when they meet. */
function least(ours: Span, theirs: Span): number {
  if (ours[0] > theirs[1]) return ours[0] - theirs[1];
  return ours[1] < theirs[0] ? ours[1] - theirs[0] : 0;
}
