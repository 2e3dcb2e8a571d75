import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/**
 * What operators filter by in the Temporal UI (design §7). Search attributes are stored in clear:
 * ids and states only, no personal data.
 */
export const SEARCH_ATTRIBUTES = {
  orderId: defineSearchAttributeKey('OrderId', SearchAttributeType.KEYWORD),
  sellerId: defineSearchAttributeKey('SellerId', SearchAttributeType.KEYWORD),
  buyerId: defineSearchAttributeKey('BuyerId', SearchAttributeType.KEYWORD),
  delivery: defineSearchAttributeKey('Delivery', SearchAttributeType.KEYWORD),
  orderStatus: defineSearchAttributeKey('OrderStatus', SearchAttributeType.KEYWORD),
  node: defineSearchAttributeKey('Node', SearchAttributeType.KEYWORD),
  waitingFor: defineSearchAttributeKey('WaitingFor', SearchAttributeType.KEYWORD),
  dueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
} as const;

/** Temporal's own: which schedule started a workflow, and for when. They need no registration. */
export const SCHEDULED_BY_ID = defineSearchAttributeKey('TemporalScheduledById', SearchAttributeType.KEYWORD);
export const SCHEDULED_START_TIME = defineSearchAttributeKey(
  'TemporalScheduledStartTime',
  SearchAttributeType.DATETIME,
);
