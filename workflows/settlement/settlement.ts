import {
  continueAsNew,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
} from '@temporalio/workflow';
import type { BillActivities, LedgerActivities } from '../../activities/contracts';
import type { BillTotals, RunKey, RunOrder } from '../../domain/ledger/bill';
import type { RunPhase, RunResult } from '../../domain/ledger/run-progress';
import { settlementQuery } from '../messages';
import { LEDGER } from '../policies';
import { details } from './details';
import { pinned } from './pinned';
import { refusePeriod } from './refuse-period';
import { newRun, progressOf, type RunState } from './run';

const { openRun, billSellers, closeRun, previewRun } = proxyActivities<LedgerActivities>(LEDGER);
const { startBills } = proxyActivities<BillActivities>(LEDGER);

/** So many sellers are billed in one step, which is one transaction in SQL. */
const SELLERS_A_STEP = 20;

/**
 * So many steps, of six events each, go into one history, which the Temporal UI and a replay read at once. The run counts
 * by itself: a query may show the server's wish for a fresh one to another task than a replay (docs/reliability.md).
 */
const STEPS_A_HISTORY = 100;

/**
 * Bills a month of a site: what is due is fixed once, then seller after seller gets its bills, the lives of these are
 * started, and at the end the sums are drawn. Each step is repeated until it is done and does nothing twice, so that a
 * run that was killed, cancelled or terminated goes on when it is started again, and one over what is billed changes
 * nothing.
 *
 * @param input which month, and whether it is closed early; `run` only in a continued run
 * @returns the sums, and what is kept back for a later month
 * @throws `PERIOD_INVALID`, `PERIOD_NOT_OVER`
 */
export async function settlement(input: RunOrder & { run?: RunState }): Promise<RunResult> {
  const { site, period, asOf } = input;
  const key: RunKey = { site, period };
  const run = input.run ?? newRun();
  setHandler(settlementQuery, () => progressOf(key, run));
  // Whether a month may be closed early is the worker's to say.
  if (asOf === undefined) refusePeriod(period);
  const enter = (phase: RunPhase, totals: readonly BillTotals[] = []): void => {
    run.phase = phase;
    setCurrentDetails(details(key, run, totals));
  };

  enter(run.phase);
  run.due ??= await openRun.executeWithOptions({ summary: `Fix what is due for ${period}` }, [
    { ...key, asOf },
  ]);
  for (let done = run.due.closed, steps = 0; !done; steps += 1) {
    enter('BILLING');
    if (steps === STEPS_A_HISTORY) return continueAsNew<typeof settlement>({ ...input, run });
    const summary = run.after === null ? 'Bill the first sellers' : `Bill the sellers after ${run.after}`;
    const step = { ...key, after: run.after, limit: SELLERS_A_STEP };
    const page = await billSellers.executeWithOptions({ summary }, [step]);
    done = page.done;
    run.after = page.last ?? run.after;
    run.done.sellers += page.sellers;
    run.done.transactions += page.transactions;
    run.done.bills += page.bills;
  }
  // Bills had no lives at first.
  if (patched('bills')) {
    enter('STARTING');
    await startLives(key);
  }
  enter('CLOSING');
  const closed = await closeRun.executeWithOptions({ summary: 'Draw the sums' }, [key]);
  const { keptBack } = await previewRun.executeWithOptions({ summary: 'What is left, and why?' }, [key]);
  enter('CLOSED', closed.totals);
  return { ...closed, keptBack };
}

/** The lives of all bills of a run, page after page. */
async function startLives(key: RunKey): Promise<void> {
  for (let after: string | null = null, done = false; !done;) {
    const summary = after === null ? 'Start the first bills' : `Start the bills after ${after}`;
    ({ last: after, done } = await startBills.executeWithOptions({ summary }, [{ ...key, after }]));
  }
}

setWorkflowOptions(pinned, settlement);
