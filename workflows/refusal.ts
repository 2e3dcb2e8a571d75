import { ApplicationFailure } from '@temporalio/workflow';
import { errorMessage, type ErrorCode, type ErrorParams } from '../domain/errors';

/** A refusal of the catalogue, inside workflows: the code is the failure's type, its parameters the only detail. */
export function refusal(code: ErrorCode, params: ErrorParams = {}): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: errorMessage(code, params),
    details: [params],
    nonRetryable: true,
  });
}
