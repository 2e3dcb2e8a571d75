import { defaultOrderLineId } from '../../domain/ids';
import { order, type OrderBody } from '../../domain/schemas/order';
import { lineId } from '../../domain/schemas/primitives';

/** Body of `POST /v1/orders` with the rules that concern several fields at once. */
export const placedOrder = order.superRefine((body, context) => {
  const report = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });

  const currency = body.lines[0]?.amount.currency;
  const seen = new Set<string>();
  body.lines.forEach((line, index) => {
    const path = ['lines', index];
    const orderLineId = orderLineIdOf(body, line);
    if (line.orderLineId === undefined && body.lines.length > 1) {
      report([...path, 'orderLineId'], 'required when there are several lines');
    } else if (seen.has(orderLineId)) {
      report([...path, 'orderLineId'], 'each line needs its own');
    } else if (!lineId.safeParse(orderLineId).success) {
      report([...path, 'orderLineId'], `required, because ${orderLineId} is too long`);
    }
    seen.add(orderLineId);

    if (line.delivery === 'image' && line.assetVersion === undefined) {
      report([...path, 'assetVersion'], 'required: the version of the image that was bought');
    }
    if (line.amount.currency !== currency) {
      report([...path, 'amount', 'currency'], `the order is in ${currency}; one order, one currency`);
    }
    if (line.delivery === 'hardware' && !line.recipient) {
      report([...path, 'recipient'], 'required: goods are sent to somebody');
    }
    if ((line.charging.mode === 'PERIOD') !== (line.charging.period !== undefined)) {
      report([...path, 'charging', 'period'], 'needed with mode PERIOD, and only there');
    }
  });
});

/** The id of a line of an order; a single line may leave it out. */
export function orderLineIdOf(body: OrderBody, line: OrderBody['lines'][number]): string {
  return line.orderLineId ?? defaultOrderLineId(body.orderId);
}
