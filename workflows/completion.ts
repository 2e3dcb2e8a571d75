import { endOfPeriod } from '../domain/period';
import { settleDisputes } from './disputes';
import type { Line, Story } from './line';

/**
 * The delivery is accepted, by the buyer, the system or an operator: the order is completed. Its validity counts
 * from the actual enabling time, if the seller gave one (domain.md 2.0).
 */
export function complete(line: Line, story: Story): void {
  const { state } = line;
  settleDisputes(line);
  line.change({ status: 'COMPLETED', node: 'ENDED', ...validity(line, state.enabledAt) }, story);
  line.tell('order.completed', 'The order is completed.');
  line.mail('completed', ['buyer', 'seller']);
}

/** From when and until when a line that is completed now is good. */
export function validity({ order }: Line, enabledAt: number | null) {
  const completedAt = Date.now();
  const validFrom = enabledAt ?? completedAt;
  return { completion: { completedAt, validFrom, validUntil: endOfPeriod(validFrom, order.charging) } };
}
