import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { StewardError } from '../../domain/errors';
import { iso } from '../../domain/time';
import { TASK_QUEUES } from '../../temporal.config';
import type { Environment } from '../../workers/keys';
import { withTemporal } from '../temporal';
import { reason, replayWorker } from './replay-worker';

/** Which runs of a namespace are replayed, and how. */
export interface Selection {
  /** Visibility query, as the Temporal UI takes it. */
  query: string;
  /** At most so many; without, all. */
  limit?: number | undefined;
  /** How many histories are fetched at a time; they are replayed one by one. */
  concurrency: number;
}

/** What became of one run. */
export interface ReplayedRun {
  workflowId: string;
  runId: string;
  /** Null when replay went through. */
  error: string | null;
}

interface Run {
  workflowId: string;
  runId: string;
  history: History;
}

/**
 * Steward's runs that are open, or were closed not longer than so many seconds ago. Those that are pinned end in the
 * build that they began with, so that no other one has to fit them.
 */
export function openAndRecent(seconds: number, now = Date.now()): string {
  const since = iso(now - seconds * 1_000);
  const queues = Object.values(TASK_QUEUES).map((queue) => `"${queue}"`);
  return [
    `TaskQueue IN (${queues.join(', ')})`,
    `(ExecutionStatus = "Running" OR CloseTime >= "${since}")`,
    '(TemporalWorkflowVersioningBehavior IS NULL OR TemporalWorkflowVersioningBehavior != "Pinned")',
  ].join(' AND ');
}

/**
 * Replays runs of the namespace against the workflow code of this build or checkout; changes nothing there.
 *
 * @param tell is told of each run as soon as it was replayed
 * @returns how many were replayed
 * @throws `INVALID_REQUEST` when there is no such run, because a check that looks at nothing proves nothing, or for
 *   a query that the server does not understand; `KEY_MISSING`; `TEMPORAL_UNAVAILABLE`
 */
export async function replayNamespace(
  { query, limit, concurrency }: Selection,
  env: Environment,
  tell: (replayed: ReplayedRun) => void,
): Promise<number> {
  const prepare = await replayWorker(env);
  return withTemporal(env, async (client) => {
    const runs = fetchRuns(client, query, limit ?? Infinity, concurrency);
    const first = await runs.next();
    if (first.done) throw new StewardError('INVALID_REQUEST', { problems: `no run matches ${query}` });

    let run = first.value;
    async function* histories(): AsyncGenerator<Run> {
      yield run;
      for await (run of runs) yield run;
    }
    let replayed = 0;
    // One by one: the error is that of the run which was taken last.
    for await (const { error } of Worker.runReplayHistories(await prepare(), histories())) {
      replayed += 1;
      const { workflowId, runId } = run;
      tell({ workflowId, runId, error: error === undefined ? null : reason(error) });
    }
    return replayed;
  });
}

/** The runs that match, with their histories, a batch ahead at most. */
async function* fetchRuns(
  client: Client,
  query: string,
  limit: number,
  concurrency: number,
): AsyncGenerator<Run> {
  let batch: Promise<Run | undefined>[] = [];
  let taken = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    if (taken === limit) break;
    taken += 1;
    const run = fetchRun(client, workflowId, runId);
    // It may fail before the batch is looked at, and fails then too.
    run.catch(() => undefined);
    batch.push(run);
    if (batch.length === concurrency) {
      yield* found(await Promise.all(batch));
      batch = [];
    }
  }
  yield* found(await Promise.all(batch));
}

/** Undefined when the server has forgotten the run since it was listed. */
async function fetchRun(client: Client, workflowId: string, runId: string): Promise<Run | undefined> {
  try {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    return { workflowId, runId, history };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function found(runs: readonly (Run | undefined)[]): Run[] {
  return runs.filter((run) => run !== undefined);
}
