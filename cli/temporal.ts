import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { StewardError } from '../domain/errors';
import { temporalProfile } from '../temporal.config';
import { connectClient } from '../workers/connection';
import { grpcError } from '../workers/grpc-error';
import type { Environment } from '../workers/keys';

/** gRPC status codes of what the caller asked wrongly: INVALID_ARGUMENT, NOT_FOUND and FAILED_PRECONDITION. */
const ASKED_WRONGLY = [3, 5, 9];

/**
 * Does something with the Temporal server that `TEMPORAL_*` names, without Steward's API in between. Without a data
 * converter payloads stay as they are. Rejects with `INVALID_REQUEST` when the server refuses, and `TEMPORAL_UNAVAILABLE`.
 */
export async function withTemporal<Result>(
  env: Environment,
  use: (client: Client) => Promise<Result>,
  dataConverter: DataConverter = {},
): Promise<Result> {
  const { connection: options, namespace } = temporalProfile(env);
  const unavailable = (reason: string, cause: unknown) =>
    new StewardError('TEMPORAL_UNAVAILABLE', { address: options.address ?? '', reason }, { cause });
  const opened = await connectClient(options).catch((cause: unknown) => {
    throw unavailable(cause instanceof Error ? cause.message : String(cause), cause);
  });
  try {
    return await use(new Client({ connection: opened.connection, namespace, dataConverter }));
  } catch (error) {
    const refusal = grpcError(error);
    if (!refusal) throw error;
    if (!ASKED_WRONGLY.includes(refusal.code)) throw unavailable(refusal.details, error);
    throw new StewardError(
      'INVALID_REQUEST',
      { problems: `Temporal refuses: ${refusal.details}` },
      { cause: error },
    );
  } finally {
    await opened.close();
  }
}
