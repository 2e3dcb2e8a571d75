import fc from 'fast-check';
import type { Delivery } from '../../../domain/schemas/order';
import type { Script as CarrierScript } from '../../../sim/carrier/steps';
import type { Script as PlatformScript } from '../../../sim/platform';
import type { Script as SellerScript } from '../../../sim/seller';
import { DELIVERIES } from './pure-orders';
import { liveSteps, type LiveStep } from './steps';

/** Commands and faults of one life, beside those that bring it to its end. */
export const STEPS = 20;

/** All that chance decides of a life on the live server. */
export interface LivePlan {
  delivery: Delivery;
  reviewed: boolean;
  once: boolean;
  /** What the seller does with the calls that create and release an instance, and the platform with refunds. */
  creates: SellerScript;
  releases: SellerScript;
  refunds: PlatformScript;
  /** What the carrier says of the order's parcels. */
  parcels: CarrierScript;
  steps: LiveStep[];
}

/** The life of a seed: the kinds take turns, so that a run of seeds plays all of them. */
export function planOf(seed: number): fc.Arbitrary<LivePlan> {
  return fc.record({
    delivery: fc.constant(DELIVERIES[seed % DELIVERIES.length]!),
    reviewed: fc.boolean(),
    once: fc.boolean(),
    creates: fc.constantFrom<SellerScript>(
      ...([['open'], ['accept:2'], ['000005', 'open'], ['http-500'], ['open-unanswered', 'open']] as const),
    ),
    releases: fc.constantFrom<SellerScript>(['open'], ['open'], ['000005', 'open']),
    refunds: fc.constantFrom<PlatformScript>(
      ...([
        ['take'],
        ['take'],
        ['http-500', 'take'],
        ['take-http-500', 'take'],
        ['http-422', 'take'],
      ] as const),
    ),
    parcels: fc.constantFrom<CarrierScript>(
      ...([
        ['in-transit', 'signed'],
        ['unknown'],
        ['signed'],
        ['in-transit'],
        ['signed', 'returned'],
      ] as const),
      ...([['phone-mismatch'], ['http-500', 'signed']] as const),
    ),
    steps: liveSteps(STEPS),
  });
}

/** The plan of a seed, the same each time. */
export function planned(seed: number): LivePlan {
  return fc.sample(planOf(seed), { seed, numRuns: 1 })[0]!;
}
