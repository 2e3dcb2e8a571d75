import type { BundleAsk, BundleReply } from '../../domain/bundle';

/** Reaches the lines of bundles. */
export interface BundleLines {
  /** Asks a step, which takes effect once under the same id. Rejects while no answer comes. */
  ask(input: BundleAsk, updateId: string): Promise<BundleReply>;
}
