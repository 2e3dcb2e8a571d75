import { sleep } from '@temporalio/workflow';
import * as original from '../../../workflows';

/** The workflows with a step too many, as a careless change would bring: no recorded history may replay on them. */
export async function orderLine(...input: Parameters<typeof original.orderLine>) {
  await sleep('1 second');
  return original.orderLine(...input);
}

export async function bundleUnsubscription(...input: Parameters<typeof original.bundleUnsubscription>) {
  await sleep('1 second');
  return original.bundleUnsubscription(...input);
}

export async function settlementStart() {
  await sleep('1 second');
  return original.settlementStart();
}

export async function settlement(...input: Parameters<typeof original.settlement>) {
  await sleep('1 second');
  return original.settlement(...input);
}

export async function settlementPreview(...input: Parameters<typeof original.settlementPreview>) {
  await sleep('1 second');
  return original.settlementPreview(...input);
}

export async function bill(...input: Parameters<typeof original.bill>) {
  await sleep('1 second');
  return original.bill(...input);
}

export async function certification(...input: Parameters<typeof original.certification>) {
  await sleep('1 second');
  return original.certification(...input);
}
