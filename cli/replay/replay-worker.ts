import { DefaultLogger, type ReplayWorkerOptions } from '@temporalio/worker';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { codecKeys, type Environment } from '../../workers/keys';
import { installRuntimeLogger } from '../../workers/logger';
import { workflowCode } from '../../workers/workflow-code';
import { withStateKeys } from '../environment';

/**
 * Makes what replays with the workflow code of this build or checkout, when it is called: not before it is needed, as
 * a runtime that never gets a worker keeps the process alive. Rejects with `KEY_MISSING` without codec keys.
 */
export async function replayWorker(env: Environment): Promise<() => Promise<ReplayWorkerOptions>> {
  const codec = new EncryptionCodec(codecKeys(await withStateKeys(env)));
  return async () => {
    // Only errors are logged, on stderr: by default Temporal's core writes to stdout.
    const logger = new DefaultLogger('ERROR');
    const workflowBundle = await workflowCode(logger);
    installRuntimeLogger(logger);
    // Without the converter that encrypts failures: those of a replay are to be read.
    return { workflowBundle, dataConverter: { payloadCodecs: [codec] } };
  };
}

/** Temporal's core tells a failure in the debug form of its language; the first message in it is the reason. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const message = /message: "((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return message?.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1') ?? text;
}
