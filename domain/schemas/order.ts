import { z } from 'zod';
import { id, language, lineId, money, text } from './primitives';

export const site = z.enum(['china', 'intl']);
export type Site = z.infer<typeof site>;

/** Order kinds of the marketplace; those not built yet are refused with `ORDER_TYPE_NOT_SUPPORTED`. */
export const orderType = z.enum(['NEW', 'RENEW', 'CHANGE', 'TRIAL_TO_FORMAL', 'UPGRADE']);
export type OrderType = z.infer<typeof orderType>;

/** Delivery kinds (domain.md 2); those not built yet are refused with `DELIVERY_NOT_SUPPORTED`. */
export const delivery = z.enum([
  'saas',
  'saas-offline',
  'service',
  'license-offline',
  'license-code',
  'license-device',
  'license-package',
  'hardware',
  'image',
  'pay-per-use',
  'usage-package',
]);
export type Delivery = z.infer<typeof delivery>;

export const charging = z.strictObject({
  mode: z.enum(['ONE_TIME', 'PERIOD', 'ON_DEMAND']),
  period: z.strictObject({ unit: z.enum(['MONTH', 'YEAR']), n: z.int().min(1).max(120) }).optional(),
});
export type Charging = z.infer<typeof charging>;

const buyer = z.strictObject({
  id,
  name: text(200),
  email: z.email().max(254),
  phone: z.string().regex(/^\+?[0-9 -]{5,20}$/),
  language,
  credit: z.boolean().optional().describe('The buyer pays on credit'),
});

/** Where a joint delivery is reviewed too (domain.md 2.0): 赋能云 and 基地云. */
export const scene = z.enum(['general', 'empowerment', 'base']);
export type Scene = z.infer<typeof scene>;

export const trade = z.enum(['general', 'joint', 'selected', 'own', 'huawei']);
export type Trade = z.infer<typeof trade>;

/** Whom goods are sent to. */
export const recipient = z.strictObject({
  name: text(200),
  phone: z.string().regex(/^\+?[0-9 -]{5,20}$/),
  address: text(500),
});

const line = z.strictObject({
  orderLineId: lineId.optional().describe('Default for an only line: <orderId>-000001'),
  sellerId: id,
  productId: id,
  skuId: id,
  delivery,
  scene: scene.optional(),
  trade: trade.optional(),
  charging,
  amount: money,
  trial: z.boolean().optional(),
  recipient: recipient.optional(),
  assetVersion: text(64).optional(),
});
export type OrderLineBody = z.infer<typeof line>;

/** Body of `POST /v1/orders`: a paid order, as the platform hands it over (design §5). */
export const order = z
  .strictObject({
    orderId: id,
    orderType,
    site,
    bundle: z
      .boolean()
      .optional()
      .describe('Unsubscribed as a whole only; deliveries `saas` and `image` cannot be part of it yet'),
    buyer,
    lines: z.array(line).min(1).max(100),
  })
  .describe('A paid order');
export type OrderBody = z.infer<typeof order>;
