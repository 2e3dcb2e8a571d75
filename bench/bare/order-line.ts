import { condition, setHandler } from '@temporalio/workflow';
import type { OrderLineStart } from '../../domain/order-line';
import { activateLicenseUpdate, commandUpdates, openUpdate, viewQuery } from '../../workflows/messages';
import { BareLine } from './line';
import { openSaas } from './saas';
import { superviseLicense } from './license';

/**
 * The bare workflow: what Steward's `orderLine` does to the outside in the two lives that the benchmark drives, and
 * nothing else. The same activities with the same inputs and policies, the same timers, updates and query; no rules,
 * no refusals, no state machine, no search attributes, summaries or details.
 */
export async function orderLine({ line: order, windows }: OrderLineStart): Promise<void> {
  const line = new BareLine(order, windows);
  setHandler(viewQuery, () => line.view());
  setHandler(openUpdate, () => line.answer());
  setHandler(commandUpdates.deliver, () => line.hear('deliver'));
  setHandler(commandUpdates['claim-license'], () => line.hear('claim-license'));
  setHandler(activateLicenseUpdate, () => ({ ...line.hear('activate-license'), activatedAt: Date.now() }));
  setHandler(commandUpdates['submit-proof'], () => line.hear('submit-proof'));

  void line.publishViews();
  void line.notifySeller();
  if (order.delivery === 'saas') await openSaas(line);
  else await superviseLicense(line);
  await condition(() => line.isQuiet());
}
