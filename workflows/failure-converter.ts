import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Moves messages and stack traces of failures into a payload, so that the codec encrypts them too
 * (design §7). Loaded by path in clients, workers and the workflow bundle: see `workers/data-converter.ts`.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
