import type { PlatformEvent, RefundRequest } from '../domain/events';
import type { LineView } from '../domain/order-line';
import type {
  NewInstanceAnswer,
  QueryInstanceAnswer,
  QueryInstanceInput,
  ReleaseInstanceInput,
  SellerCallInput,
} from '../domain/seller-calls';

/**
 * The seller's production interface (domain.md 1). Each fails with `SELLER_CALL_FAILED` and one
 * `SellerException` as detail when the seller is at fault, with `INTERNAL` when we are.
 */
export interface ProductionActivities {
  newInstance: (input: SellerCallInput) => Promise<NewInstanceAnswer>;
  queryInstance: (input: QueryInstanceInput) => Promise<QueryInstanceAnswer>;
  releaseInstance: (input: ReleaseInstanceInput) => Promise<void>;
}

/** The marketplace platform (design §5). A repetition under the same id is taken once. */
export interface PlatformActivities {
  /** Fails with `REFUND_REFUSED` (not retried) or `PLATFORM_UNAVAILABLE` (retried). */
  refund: (input: RefundRequest) => Promise<void>;
  /**
   * Delivers in order, as many as there is time for: `done` of them, from the first. Events that the
   * platform refuses for good come back and hold nothing up.
   */
  deliverEvents: (input: {
    events: PlatformEvent[];
  }) => Promise<{ done: number; refused: { id: string; reason: string }[] }>;
}

/** The order registry, written by a local activity: cheap, and the newest revision wins. */
export interface RegistryActivities {
  publishView: (input: { orderId: string; orderLineId: string; view: LineView }) => Promise<void>;
}

/** All that workflows can do to the outside. Workflows import this type and nothing else of this room. */
export type Activities = ProductionActivities & PlatformActivities & RegistryActivities;
