import type { BillNode } from '../domain/billing/nodes';
import type { Node, Status } from '../domain/nodes';
import type { WaitingFor } from '../domain/parties';
import type { Delivery } from '../domain/schemas/order';
import type { TransactionFilterBody } from '../domain/schemas/transactions';

/** Which order lines a list has; each party gets only its own anyway. */
export interface OrderFilter {
  status?: Status;
  node?: Node;
  delivery?: Delivery;
  sellerId?: string;
  buyerId?: string;
  waitingFor?: WaitingFor;
  /** ISO 8601 with offset: lines whose time limit ends before. */
  dueBefore?: string;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

/** Which calls to sellers a list has. */
export interface SellerCallFilter {
  sellerId?: string;
  orderId?: string;
  cursor?: string;
}

/** Which transactions a list has, or an export; each seller gets only its own anyway. */
export type TransactionFilter = TransactionFilterBody;

/** Which bills a list has; each seller gets only its own anyway. */
export interface BillFilter {
  sellerId?: string;
  /** A month as yyyymm. */
  period?: string;
  node?: BillNode;
  cursor?: string;
}
