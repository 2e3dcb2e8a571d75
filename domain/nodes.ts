/** The three ends of an order line, and the way there (design §3; 处理中, 已完成, 已退订, 已关闭). */
export const STATUSES = ['PROCESSING', 'COMPLETED', 'UNSUBSCRIBED', 'CLOSED'] as const;
export type Status = (typeof STATUSES)[number];

/** Where a supervised line stands until its delivery is accepted (domain.md 2.1 to 2.7). */
const SUPERVISION_NODES = {
  SUBMITTING_REQUIREMENT: { en: 'Buyer submits the requirement', zh: '提交需求' },
  CONFIRMING_REQUIREMENT: { en: 'Seller confirms the requirement', zh: '商家确认需求' },
  SUBMITTING_DEVICE_ID: { en: 'Buyer submits the device id', zh: '提交识别码' },
  SHIPPING: { en: 'Seller ships', zh: '商家发货' },
  DELIVERING: { en: 'Seller delivers', zh: '商家实施交付' },
  ISSUING_CODE: { en: 'Making the licence code', zh: '生成授权码' },
  CLAIMING: { en: 'Buyer claims the licence code', zh: '用户领取授权码' },
  ACTIVATING: { en: 'Licence code to be activated', zh: '授权码激活' },
  PROVING: { en: 'Seller submits the delivery proof', zh: '商家上传交付证明' },
  REVIEWING: { en: 'Huawei Cloud review', zh: '华为云复核' },
  ACCEPTING: { en: 'Buyer confirms acceptance', zh: '用户确认验收' },
} as const;

/** Where a line stands, with the names that people read (design §5). */
export const NODES = {
  ...SUPERVISION_NODES,
  COMPLETING: { en: 'Completing', zh: '完成中' },
  OPENING: { en: 'Opening at the seller', zh: '开通中' },
  POLLING: { en: 'Accepted, waiting for the instance', zh: '已受理，等待开通结果' },
  FIVE_DAYS: { en: 'Five days without reason', zh: '5天无理由退订期' },
  REFUNDING: { en: 'Refunding', zh: '退款中' },
  REFUND_STUCK: { en: 'Refund stuck', zh: '退款受阻' },
  RELEASING: { en: 'Releasing at the seller', zh: '释放中' },
  RELEASE_UNCONFIRMED: { en: 'Release to be confirmed', zh: '释放待确认' },
  ENDED: { en: 'Ended', zh: '已结束' },
} as const;
export type Node = keyof typeof NODES;
export const NODE_NAMES = Object.keys(NODES) as [Node, ...Node[]];
