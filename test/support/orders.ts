import type { OrderBody } from '../../domain/schemas/order';

/** The personal data and secrets that tests put in: none of them may turn up in a history, log or attribute. */
export const SECRETS = {
  accessKey: 'test-access-key-0123456789abcdef',
  buyerName: '王小明',
  email: 'xiaoming@buyer.example',
  phone: '+86 13912345678',
  password: 'initial-Passw0rd',
  recipientName: '李小红',
  recipientPhone: '13787654321',
  recipientAddress: '上海市浦东新区张江路 1000 号',
};

/** To whom the goods of a hardware order go, in tests. */
export const RECIPIENT = {
  name: SECRETS.recipientName,
  phone: SECRETS.recipientPhone,
  address: SECRETS.recipientAddress,
};

/** A paid order of one SaaS line; parts of it replaced. */
export function orderBody(orderId: string, line: Partial<OrderBody['lines'][number]> = {}): OrderBody {
  return {
    orderId,
    orderType: 'NEW',
    site: 'china',
    buyer: {
      id: 'buyer-1',
      name: SECRETS.buyerName,
      email: SECRETS.email,
      phone: SECRETS.phone,
      language: 'zh',
    },
    lines: [
      {
        sellerId: 'seller-1',
        productId: 'product-1',
        skuId: 'sku-1',
        delivery: 'saas',
        // A line that was bought for a period stays open for five days.
        charging: { mode: 'ONE_TIME' },
        amount: { currency: 'CNY', minor: 990_000 },
        ...(line.delivery === 'hardware' && { recipient: RECIPIENT }),
        ...line,
      },
    ],
  };
}
