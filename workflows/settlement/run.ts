import type { RunKey, RunOpened } from '../../domain/ledger/bill';
import type { RunPhase, RunProgress } from '../../domain/ledger/run-progress';

/** What a billing run knows, and hands on to a fresh history. */
export interface RunState {
  phase: RunPhase;
  due: RunOpened | null;
  /** The last seller that was billed; null before the first. */
  after: string | null;
  done: RunProgress['done'];
}

export function newRun(): RunState {
  return { phase: 'OPENING', due: null, after: null, done: { sellers: 0, transactions: 0, bills: 0 } };
}

/** What others are told of it. */
export function progressOf(key: RunKey, { phase, due, done }: RunState): RunProgress {
  return {
    ...key,
    phase,
    due: due && { sellers: due.sellers, transactions: due.transactions },
    done: { ...done },
  };
}
