import type { RunClosed, RunKey, RunPreview } from './bill';

/**
 * `OPENING`: what is due is being fixed; `BILLING`: seller after seller; `STARTING`: the lives of the bills begin;
 * `CLOSING`: the sums are drawn.
 */
export type RunPhase = 'OPENING' | 'BILLING' | 'STARTING' | 'CLOSING' | 'CLOSED';

/** What the Temporal UI's list says of a run, whoever started it. */
export const runSummary = ({ site, period }: RunKey): string => `Billing run of ${period}, site ${site}`;

/** How far a billing run is. */
export interface RunProgress extends RunKey {
  phase: RunPhase;
  /** What was found due when it was opened; null until then. */
  due: { sellers: number; transactions: number } | null;
  /** What is billed of it. */
  done: { sellers: number; transactions: number; bills: number };
}

/** What a billing run has come to, and what it left for later ones. */
export type RunResult = RunClosed & Pick<RunPreview, 'keptBack'>;
