import { sleep } from '@temporalio/workflow';
import { orderLine as original } from '../../../workflows';

/** The order line with a step too many, as a careless change would bring: no recorded history may replay on it. */
export async function orderLine(...input: Parameters<typeof original>): ReturnType<typeof original> {
  await sleep('1 second');
  return original(...input);
}
