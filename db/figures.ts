import { and, count, eq, gt, inArray, isNull, min } from 'drizzle-orm';
import { NODE_NAMES, type Node, type Status } from '../domain/nodes';
import type { WaitingFor } from '../domain/parties';
import type { Database } from './connect';
import { mails, orderLines } from './schema';

/** Lines that stand alike. */
export interface LinesAlike {
  status: Status;
  node: Node;
  waitingFor: WaitingFor;
  lines: number;
  /** Epoch milliseconds of the first moment at which one of them goes on by itself; null when none does. */
  oldestDue: number | null;
}

/** How many of something wait, and since when the first of them does (epoch milliseconds). */
export interface Waiting {
  count: number;
  oldest: number | null;
}

/** What the registry knows of all orders together: no ids, nothing of a single party. */
export interface Figures {
  /** Lines that have not ended. */
  open: LinesAlike[];
  /** Lines that have ended, by the status they ended with. */
  ended: { status: Status; lines: number }[];
  /** Lines that were paid for and whose workflow has written nothing yet. */
  unstarted: Waiting;
  /** Mails that were taken on and have neither gone out nor been given up. */
  mails: Waiting;
}

const OPEN_NODES = NODE_NAMES.filter((node) => node !== 'ENDED');

/**
 * Counts all orders. Each part reads an index: what it costs grows with the open lines; of the ended ones, which
 * stay for ever, only the index is read.
 *
 * @param mailsSince older mails wait no longer: their orders have given them up (epoch milliseconds)
 */
export async function readFigures(db: Database, mailsSince: number): Promise<Figures> {
  const { status, node, waitingFor, dueAt, createdAt, revision } = orderLines;
  const open = await db
    .select({ status, node, waitingFor, lines: count(), oldestDue: min(dueAt) })
    .from(orderLines)
    .where(inArray(node, OPEN_NODES))
    .groupBy(status, node, waitingFor);
  const all = await db.select({ status, lines: count() }).from(orderLines).groupBy(status);
  const [unstarted] = await db
    .select({ count: count(), oldest: min(createdAt) })
    .from(orderLines)
    .where(eq(revision, 0));
  const [waiting] = await db
    .select({ count: count(), oldest: min(mails.createdAt) })
    .from(mails)
    .where(and(isNull(mails.sentAt), isNull(mails.refused), gt(mails.createdAt, mailsSince)));

  const stillOpen = (of: Status): number =>
    open.filter((alike) => alike.status === of).reduce((sum, { lines }) => sum + lines, 0);
  return {
    open,
    ended: all
      .map(({ status: of, lines }) => ({ status: of, lines: lines - stillOpen(of) }))
      .filter(({ lines }) => lines > 0),
    unstarted: unstarted ?? NONE,
    mails: waiting ?? NONE,
  };
}

const NONE: Waiting = { count: 0, oldest: null };
