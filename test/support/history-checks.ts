import { DefaultLogger, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { History } from '@temporalio/common/lib/proto-utils';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { createDataConverter } from '../../workers/data-converter';
import { workflowCode } from '../../workers/workflow-code';
import { testCodecKeys } from './keys';
import { SECRETS } from './orders';
import { readableFailures, readablePayloads, textOf } from './payloads';
import type { RecordedHistory } from './recorded';

let bundle: Promise<WorkflowBundleOption> | undefined;

/** The workflow code of this checkout, looked for once for a test file. */
export function workflowBundle(): Promise<WorkflowBundleOption> {
  bundle ??= workflowCode(new DefaultLogger('ERROR'));
  return bundle;
}

/** The converter of all test workers and clients, with the fixed key. */
export const testDataConverter = createDataConverter(new EncryptionCodec(testCodecKeys));

/** Replays a history against the code of this checkout; rejects when it is not deterministic. */
export async function replay(history: unknown, workflowId: string): Promise<void> {
  const [error] = await replayAll([{ history, workflowId }]);
  if (error) throw error;
}

/**
 * Replays many histories with one worker, which is much faster than one by one.
 *
 * @returns why each does not replay, in the same order; undefined for those that do
 */
export async function replayAll(
  histories: readonly RecordedHistory[],
  code = workflowBundle(),
): Promise<(Error | undefined)[]> {
  const outcomes: (Error | undefined)[] = [];
  const options = { workflowBundle: await code, dataConverter: testDataConverter };
  const all = histories as readonly { history: History; workflowId: string }[];
  for await (const { error } of Worker.runReplayHistories(options, all)) outcomes.push(error);
  return outcomes;
}

/** The secrets that a text gives away, by name. */
export function secretsIn(text: string, secrets: Record<string, string> = SECRETS): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name);
}

/** What every history must hold: it replays, gives no secret away, and nobody without the key reads it. */
export async function expectSound(history: History, workflowId: string): Promise<void> {
  await replay(history, workflowId);
  expect(secretsIn(await textOf(history))).toEqual([]);
  expect(readablePayloads(history)).toEqual([]);
  expect(readableFailures(history)).toEqual([]);
}
