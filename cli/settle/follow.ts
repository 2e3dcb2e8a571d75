import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, type Workflow, type WorkflowResultType } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow';
import { isErrorCode, StewardError, type ErrorParams } from '../../domain/errors';
import type { RunKey } from '../../domain/ledger/bill';
import type { RunProgress } from '../../domain/ledger/run-progress';
import { settlementQuery } from '../../workflows/messages';

/** How often it is asked how far a run is, in ms. */
const LOOK_EVERY = 1_000;
/** Without a worker a query waits: so long, in ms. */
const LOOK_FOR = 3_000;

/** How far a run is. */
export interface Look extends RunKey {
  /** Null while no worker tells. */
  progress: RunProgress | null;
  /** Why the present step is tried again; null while it is not. */
  trouble: string | null;
}

export type Tell = (look: Look) => void;

/**
 * Waits for the end of a run, and tells meanwhile how far it is.
 *
 * @returns its result; undefined when `stop` came first
 * @throws the run's own refusal, or `SETTLEMENT_STOPPED` when it ended without a result
 */
export async function follow<Run extends Workflow>(
  client: Client,
  handle: WorkflowHandle<Run>,
  { key, tell, stop }: { key: RunKey; tell: Tell; stop: AbortSignal },
): Promise<WorkflowResultType<Run> | undefined> {
  const ended = handle.result().then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  for (;;) {
    const pause = sleep(LOOK_EVERY, undefined, { signal: stop }).catch(() => undefined);
    const end = await Promise.race([ended, pause]);
    if (stop.aborted) return undefined;
    if (end && 'error' in end) throw explained(end.error, handle.workflowId);
    if (end) return end.result;
    tell({ ...key, ...(await look(client, handle)) });
  }
}

async function look(client: Client, handle: WorkflowHandle): Promise<Pick<Look, 'progress' | 'trouble'>> {
  const deadline = Date.now() + LOOK_FOR;
  const ask = client.withDeadline(deadline, () =>
    Promise.allSettled([handle.query(settlementQuery), handle.describe()]),
  );
  const [progress, described] = await ask;
  const failure =
    described.status === 'fulfilled' ? described.value.raw.pendingActivities?.[0]?.lastFailure : undefined;
  const { loadedDataConverter } = client.workflow.options;
  const error = await decodeOptionalFailureToOptionalError(loadedDataConverter, failure);
  return {
    progress: progress.status === 'fulfilled' ? progress.value : null,
    trouble: error?.message ?? null,
  };
}

function explained(error: unknown, workflowId: string): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return new StewardError(cause.type, (cause.details?.[0] as ErrorParams | undefined) ?? {}, {
      cause: error,
    });
  }
  const reason = cause?.message || error.message;
  return new StewardError('SETTLEMENT_STOPPED', { workflowId, reason }, { cause: error });
}
