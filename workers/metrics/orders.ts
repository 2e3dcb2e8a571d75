import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../db/connect';
import { readFigures, type Figures } from '../../db/figures';
import { MAIL_TOTAL } from '../../workflows/policies';

/** How long figures count as fresh, in ms: however many scrape, the registry is asked this seldom. */
const FRESH_MS = 10_000;

/**
 * What the registry in SQL knows of all orders, read when somebody scrapes. Every process tells the same, so
 * they are aggregated with `max`, never summed (docs/monitoring.md).
 *
 * @returns brings the gauges up to date; never rejects: `steward_registry_up` tells that the database is away
 */
export function measureOrders(registry: Registry, db: Database): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const lines = gauge('steward_order_lines', 'Order lines by where they stand', [
    'status',
    'node',
    'waiting_for',
  ]);
  const due = gauge(
    'steward_oldest_due_timestamp_seconds',
    'First moment at which one of these open lines goes on by itself',
    ['node', 'waiting_for'],
  );
  const stuck = gauge('steward_refunds_stuck', 'Order lines whose refund needs an operator');
  const unstarted = gauge(
    'steward_order_lines_unstarted',
    'Paid order lines whose workflow has written nothing',
  );
  const oldestUnstarted = gauge(
    'steward_oldest_unstarted_timestamp_seconds',
    'When the first of the unstarted lines was placed; 0 without one',
  );
  const mails = gauge('steward_mails_waiting', 'Mails that have not gone out yet');
  const oldestMail = gauge(
    'steward_oldest_mail_timestamp_seconds',
    'When the first of the waiting mails was taken on; 0 without one',
  );
  const up = gauge('steward_registry_up', 'Whether the registry in SQL could be read');

  function show(figures: Figures): void {
    lines.reset();
    due.reset();
    for (const { status, node, waitingFor, lines: count, oldestDue } of figures.open) {
      lines.set({ status, node, waiting_for: waitingFor }, count);
      if (oldestDue !== null) due.set({ node, waiting_for: waitingFor }, oldestDue / 1_000);
    }
    for (const { status, lines: count } of figures.ended) {
      lines.set({ status, node: 'ENDED', waiting_for: 'nobody' }, count);
    }
    const refunds = figures.open.filter(({ node }) => node === 'REFUND_STUCK');
    stuck.set(refunds.reduce((sum, alike) => sum + alike.lines, 0));
    unstarted.set(figures.unstarted.count);
    oldestUnstarted.set((figures.unstarted.oldest ?? 0) / 1_000);
    mails.set(figures.mails.count);
    oldestMail.set((figures.mails.oldest ?? 0) / 1_000);
  }

  async function read(): Promise<void> {
    try {
      show(await readFigures(db, Date.now() - MAIL_TOTAL));
      up.set(1);
    } catch {
      // What was true a while ago is no news: only the process's own figures are told.
      for (const figure of [lines, due]) figure.reset();
      for (const figure of [stuck, unstarted, oldestUnstarted, mails, oldestMail]) figure.remove({});
      up.set(0);
    }
  }

  let fresh: { until: number; reading: Promise<void> } | undefined;
  return () => {
    if (!fresh || Date.now() >= fresh.until) fresh = { until: Date.now() + FRESH_MS, reading: read() };
    return fresh.reading;
  };
}
