import { Counter, Histogram, type Registry } from 'prom-client';
import type { MeasuredCall } from '../../activities/production';

/** A call may take five seconds in all (domain.md 1.0). */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * Counts the calls to sellers. Labels hold ids of sellers and words of our own catalogue only, so there are as many
 * series as sellers that were called, times the outcomes that each of them showed.
 *
 * @returns to be told of each call
 */
export function measureSellers(registry: Registry): (call: MeasuredCall) => void {
  const calls = new Counter({
    name: 'steward_seller_calls_total',
    help: 'Calls to sellers that came to their end, by outcome',
    labelNames: ['seller', 'activity', 'outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'steward_seller_call_duration_seconds',
    help: 'How long sellers took to answer, or to fail',
    labelNames: ['seller'],
    buckets: SECONDS,
    registers: [registry],
  });
  return ({ sellerId: seller, activity, outcome, ms }) => {
    calls.inc({ seller, activity, outcome });
    duration.observe({ seller }, ms / 1_000);
  };
}
