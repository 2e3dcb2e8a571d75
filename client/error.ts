import type { ErrorCode } from '../domain/errors';

/** Why a call failed; codes of `domain/errors.ts`, or one of the two that no server said. */
export type StewardApiErrorCode =
  | ErrorCode
  /** No answer: refused connection, broken network, or the timeout. */
  | 'UNREACHABLE'
  /** An answer that Steward does not give, for example of a proxy. */
  | 'UNEXPECTED_ANSWER';

/** What every method of `StewardClient` rejects with. */
export class StewardApiError extends Error {
  override readonly name = 'StewardApiError';

  /**
   * @param status HTTP status; 0 without an answer
   * @param detail for people: what is wrong and what to do next
   */
  constructor(
    readonly code: StewardApiErrorCode,
    readonly status: number,
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(detail, options);
  }
}
