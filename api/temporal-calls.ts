import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { isErrorCode, StewardError, type ErrorParams } from '../domain/errors';
import { CLOSED_BEFORE_ANSWER } from '../workflows/messages';

/** How long a caller waits for a worker (design §5); milliseconds. */
const COMMAND_DEADLINE = 10_000;

/** The failure of an update that its worker lost, as happens to some of many at once: nothing came of it. */
const LOST = 'UnprocessedUpdate';

/**
 * gRPC's FAILED_PRECONDITION, with which the server undoes an update together with the workflow task that took it. So it
 * is when a workflow would go on in a fresh history, and the end of an activity has come meanwhile.
 */
const UNDONE = 9;

/** Milliseconds until an update of which nothing came is given again; doubled each time. */
const GIVE_AGAIN = 50;

/** Rejects when Temporal has not answered within so many milliseconds. */
export async function within<T>(client: Client, ms: number, call: () => Promise<T>): Promise<T> {
  const answered = new AbortController();
  // Between its own retries the SDK oversleeps the deadline by seconds.
  const late = sleep(ms, undefined, { signal: answered.signal }).then(() => {
    throw new Error(`No answer from Temporal in ${ms} ms`);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + ms, call), late]);
  } finally {
    answered.abort();
  }
}

/**
 * Gives an update, and again under its id when nothing came of it for a reason that passes. Rejects when there was no
 * answer within `COMMAND_DEADLINE`.
 */
export function giveUpdate<T>(client: Client, give: () => Promise<T>): Promise<T> {
  return within(client, COMMAND_DEADLINE, async () => {
    for (let pause = GIVE_AGAIN; ; pause *= 2) {
      try {
        return await give();
      } catch (error) {
        if (!cameToNothing(error)) throw error;
        await sleep(pause);
      }
    }
  });
}

function cameToNothing(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  const undone = isGrpcServiceError(cause) && (cause.code as number) === UNDONE;
  return undone || refusedWith(error)?.type === LOST;
}

/** Whether the workflow that was to answer runs no more. */
export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || refusedWith(error)?.type === CLOSED_BEFORE_ANSWER;
}

/** A refusal keeps its code and parameters; without a known code it is a bug, else nobody answered. */
export function refusalOf(error: unknown): unknown {
  const failure = refusedWith(error);
  if (failure && isErrorCode(failure.type)) {
    return new StewardError(failure.type, failure.details?.[0] as ErrorParams | undefined);
  }
  if (error instanceof WorkflowUpdateFailedError) return error;
  return new StewardError('TRY_AGAIN', {}, { cause: error });
}

function refusedWith(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause : undefined;
}
