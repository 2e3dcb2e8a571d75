import { isGrpcServiceError } from '@temporalio/client';

/** What a Temporal server said of a call that failed; some calls of the SDK wrap it. Undefined: it said nothing. */
export function grpcError(error: unknown): { code: number; details: string } | undefined {
  if (isGrpcServiceError(error)) return error;
  return error instanceof Error && error.cause !== undefined ? grpcError(error.cause) : undefined;
}
