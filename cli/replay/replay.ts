import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { Environment } from '../../workers/keys';
import { findHistories } from './find-histories';
import { readHistory } from './read-history';
import { reason, replayWorker } from './replay-worker';

/** What became of one history. */
export interface Replayed {
  file: string;
  /** Null when replay went through. */
  error: string | null;
}

/**
 * Replays histories against the workflow code of this checkout, in the order of their files.
 *
 * @param paths files and folders of JSON histories
 * @param workflowId of histories that do not name their workflow
 * @param env for the codec keys with which the histories were encrypted
 * @throws `INVALID_REQUEST` when a path leads to no history, `KEY_MISSING` without codec keys
 */
export async function replay(
  paths: readonly string[],
  workflowId: string | undefined,
  env: Environment,
): Promise<Replayed[]> {
  const files = await findHistories(paths);
  const prepare = await replayWorker(env);
  let prepared: Promise<ReplayWorkerOptions> | undefined;
  const replayFile = async (file: string): Promise<void> => {
    const recorded = await readHistory(file, workflowId);
    // Not before it is needed: a runtime that never gets a worker keeps the process alive.
    prepared ??= prepare();
    await Worker.runReplayHistory(await prepared, recorded.history, recorded.workflowId);
  };

  const replayed: Replayed[] = [];
  for (const file of files) {
    const error = await replayFile(file).then(() => null, reason);
    replayed.push({ file, error });
  }
  return replayed;
}
