import type { BenchOrder } from '../order';

/** How orders are driven. */
export const WAYS = ['api', 'direct'] as const;
export type WayName = (typeof WAYS)[number];

/** The steps that the benchmark takes as the parties of an order. */
export interface Way {
  /** Whatever comes before the clock runs. */
  prepare(orders: readonly BenchOrder[]): Promise<void>;
  /** The trigger; resolves with its answer. */
  place(order: BenchOrder): Promise<unknown>;
  deliver(order: BenchOrder): Promise<unknown>;
  /** Resolves with what activates the licence. */
  claim(order: BenchOrder): Promise<string>;
  activate(order: BenchOrder, code: string): Promise<unknown>;
  submitProof(order: BenchOrder): Promise<unknown>;
}

/** What the seller hands in. */
export const PROOF = [
  { name: 'delivery.pdf', url: 'https://files.seller.example/delivery.pdf', sha256: 'a'.repeat(64) },
];
