import type { OpenedRun } from '../../activities/contracts';
import type { SettlementKey, SettlementPhase, SettlementProgress } from '../../domain/settlement';

/** What a billing run knows, and hands on to a fresh history. */
export interface RunState {
  phase: SettlementPhase;
  due: OpenedRun | null;
  /** The last seller that was billed; null before the first. */
  after: string | null;
  done: SettlementProgress['done'];
}

export function newRun(): RunState {
  return { phase: 'OPENING', due: null, after: null, done: { sellers: 0, transactions: 0, bills: 0 } };
}

/** What others are told of it. */
export function progressOf(key: SettlementKey, { phase, due, done }: RunState): SettlementProgress {
  return { ...key, phase, due, done: { ...done } };
}
