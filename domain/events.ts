import type { Money } from './money';
import type { Node, Status } from './nodes';

/** What the platform is told, as it happens (design §5). */
export type PlatformEventType =
  | 'order.opened'
  | 'order.call_failed'
  | 'order.completed'
  | 'order.unsubscribed'
  | 'order.closed'
  | 'order.refund_stuck'
  | 'order.release_unconfirmed';

/** Body of `POST {PLATFORM_URL}/events`. The id is the same in each repetition. */
export interface PlatformEvent {
  id: string;
  type: PlatformEventType;
  /** ISO 8601 with offset. */
  at: string;
  orderId: string;
  orderLineId: string;
  status: Status;
  node: Node;
  /** For people: what failed and what comes next. */
  note: string;
}

/** Body of `POST {PLATFORM_URL}/refunds`; `refundId` is the unsubscription id. */
export interface RefundRequest {
  refundId: string;
  orderId: string;
  orderLineId: string;
  amount: Money;
  reason: string;
}
