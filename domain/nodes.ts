/** The three ends of an order line, and the way there (design §3; 处理中, 已完成, 已退订, 已关闭). */
export const STATUSES = ['PROCESSING', 'COMPLETED', 'UNSUBSCRIBED', 'CLOSED'] as const;
export type Status = (typeof STATUSES)[number];

/** Where a `saas` line stands, with the names that people read (design §5). */
export const NODES = {
  OPENING: { en: 'Opening at the seller', zh: '开通中' },
  POLLING: { en: 'Accepted, waiting for the instance', zh: '已受理，等待开通结果' },
  REFUNDING: { en: 'Refunding', zh: '退款中' },
  REFUND_STUCK: { en: 'Refund stuck', zh: '退款受阻' },
  RELEASING: { en: 'Releasing at the seller', zh: '释放中' },
  RELEASE_UNCONFIRMED: { en: 'Release to be confirmed', zh: '释放待确认' },
  ENDED: { en: 'Ended', zh: '已结束' },
} as const;
export type Node = keyof typeof NODES;
export const NODE_NAMES = Object.keys(NODES) as [Node, ...Node[]];
