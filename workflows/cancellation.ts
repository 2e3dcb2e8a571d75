import { isCancellation } from '@temporalio/workflow';

/** For the `catch` of what is cancelled when it is of no use any more: that is no failure. */
export function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
