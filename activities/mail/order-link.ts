import { StewardError } from '../../domain/errors';

const HOLE = '{orderId}';

/**
 * Where a mail sends its reader, from `STEWARD_ORDER_LINK`, a URL with `{orderId}` in it.
 *
 * @example orderLink('https://shop.example/orders/{orderId}', 'CS1') // 'https://shop.example/orders/CS1'
 */
export function orderLink(template: string, orderId: string): string {
  return template.replaceAll(HOLE, encodeURIComponent(orderId));
}

/** Throws `CONFIG_INVALID` unless the template is an http or https URL with `{orderId}`. */
export function checkOrderLink(template: string): void {
  const sample = orderLink(template, 'CS1');
  const protocol = URL.canParse(sample) ? new URL(sample).protocol : '';
  if (sample !== template && (protocol === 'https:' || protocol === 'http:')) return;
  const reason = `must be an http or https URL with ${HOLE} in it`;
  throw new StewardError('CONFIG_INVALID', { setting: 'STEWARD_ORDER_LINK', reason });
}
