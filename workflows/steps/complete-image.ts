import { validity } from '../completion';
import type { Line } from '../line';
import { afterCompletion } from './five-days';

/** Huawei Cloud provisions an image itself: there is nothing to wait for (domain.md 2.8). */
export function completeImage(line: Line): Promise<void> {
  const { state, order } = line;
  line.change(
    { status: 'COMPLETED', ...afterCompletion(line), ...validity(line, null) },
    { note: `Version ${order.assetVersion ?? ''} of the image is the buyer's; the order is completed.` },
  );
  line.tell('order.completed', 'The order is completed.');
  line.mail('completed', ['buyer'], { dueAt: state.fiveDaysUntil });
  return Promise.resolve();
}
