import type { Site } from './schemas/order';

/** A billing run is about one month of one site (domain.md 5.1). */
export interface SettlementKey {
  site: Site;
  /** The month, `YYYYMM` in the business zone. */
  period: string;
}

/** `OPENING`: what is due is being fixed; `BILLING`: seller after seller; `CLOSING`: the sums are drawn. */
export type SettlementPhase = 'OPENING' | 'BILLING' | 'CLOSING' | 'CLOSED';

/** What a billing run is about, or has done. */
export interface SettlementCounts {
  sellers: number;
  transactions: number;
}

/** How far a billing run is. */
export interface SettlementProgress extends SettlementKey {
  phase: SettlementPhase;
  /** What was found due when the run began; null until then. */
  due: SettlementCounts | null;
  /** What is billed of it. */
  done: SettlementCounts & { bills: number };
}
