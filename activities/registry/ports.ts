import type { LineView } from '../../domain/order-line';

/** Keeps the newest view of a line and its whole log; an older revision changes nothing. */
export interface ViewStore {
  save(orderId: string, orderLineId: string, view: LineView): Promise<void>;
}
