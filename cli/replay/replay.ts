import type { PayloadCodec } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { codecKeys, type Environment } from '../../workers/keys';
import { installRuntimeLogger } from '../../workers/logger';
import { withStateKeys } from '../environment';
import { findHistories } from './find-histories';
import { readHistory } from './read-history';

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
  const codec = new EncryptionCodec(codecKeys(await withStateKeys(env)));
  let prepared: Promise<ReplayWorkerOptions> | undefined;
  const replayFile = async (file: string): Promise<void> => {
    const recorded = await readHistory(file, workflowId);
    // Not before it is needed: a runtime that never gets a worker keeps the process alive.
    prepared ??= prepare(codec);
    await Worker.runReplayHistory(await prepared, recorded.history, recorded.workflowId);
  };

  const replayed: Replayed[] = [];
  for (const file of files) {
    const error = await replayFile(file).then(() => null, reason);
    replayed.push({ file, error });
  }
  return replayed;
}

/** Only errors are logged, on stderr: by default Temporal's core writes to stdout. */
async function prepare(codec: PayloadCodec): Promise<ReplayWorkerOptions> {
  const logger = new DefaultLogger('ERROR');
  const workflowsPath = require.resolve('../../workflows');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
  installRuntimeLogger(logger);
  // Without the converter that encrypts failures: those of a replay are to be read.
  return { workflowBundle, dataConverter: { payloadCodecs: [codec] } };
}

/** Temporal's core tells a failure in the debug form of its language; the first message in it is the reason. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const message = /message: "((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return message?.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1') ?? text;
}
