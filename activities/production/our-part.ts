import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { StewardError } from '../../domain/errors';
import type { InternalDetail } from '../../domain/seller-calls';
import type { SellerCallLog } from './ports';

/** Whether the server makes the call again because the worker that had it in hand was lost (`workflows/policies.ts`). */
export function isRepeated(): boolean {
  return activityInfo().attempt > 1;
}

/**
 * Does a part that is Steward's own; when it fails the activity fails with the retryable `INTERNAL`, whose detail says
 * whether the seller may have heard of it before.
 */
export async function ours<T>(failure: string, part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (error) {
    log.error(failure, { reason: rootMessage(error) });
    // Only our own words may go into a history.
    const reason = error instanceof StewardError ? `: ${error.code}: ${error.message}` : '';
    throw ApplicationFailure.create({
      ...{ type: 'INTERNAL', nonRetryable: false, message: failure + reason },
      details: [{ mayHaveTakenEffect: isRepeated() } satisfies InternalDetail],
    });
  }
}

/** What a row is finished with. */
export type CallResult = Parameters<SellerCallLog['finish']>[1];

/** Pauses between the tries to finish a row, in milliseconds. */
const PAUSES = [100, 400];

/** Finishes a row. The seller has answered, and that counts: a row that cannot be written is only logged. */
export async function finishRow(calls: SellerCallLog, callId: string, result: CallResult): Promise<void> {
  for (const wait of [...PAUSES, null]) {
    try {
      return await calls.finish(callId, result);
    } catch (error) {
      if (wait !== null) await pause(wait);
      else log.error('The outcome of a call could not be recorded', { callId, reason: rootMessage(error) });
    }
  }
}

/** Database libraries put a statement and its values into the outer message, so the inner one is taken. */
function rootMessage(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? rootMessage(error.cause) : String(error);
}
