import { patched, sleep } from '@temporalio/workflow';
import * as original from '../../../workflows';

/** The workflows with a step more, as a careful change brings it: only for orders that begin with it. */
export async function orderLine(...input: Parameters<typeof original.orderLine>) {
  if (patched('a-step-more')) await sleep('1 millisecond');
  return original.orderLine(...input);
}

export { bundleUnsubscription } from '../../../workflows';
