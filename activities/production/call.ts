import { randomUUID } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { StewardError } from '../../domain/errors';
import type { SellerActivity, SellerCallInput } from '../../domain/seller-calls';
import { readEnvelope, type Envelope } from './answers';
import { withDeadline } from './deadline';
import type { Egress } from './egress';
import { SellerCallError, type FailureCode } from './exceptions';
import { finishRow, isRepeated, ours, type CallResult } from './our-part';
import type { SellerAccess, SellerCallLog, SellerDirectory } from './ports';
import { AUTHENTICATION_FAILED } from './result-codes';
import { canonicalBody, freshNonce, sign } from './signature';

export interface CallDeps {
  directory: SellerDirectory;
  calls: SellerCallLog;
  egress: Egress;
  /** Epoch milliseconds; default `Date.now`. */
  clock?: () => number;
  /** Told of each call that has come to its end; must not throw. */
  measure?: ((call: MeasuredCall) => void) | undefined;
}

/** What is counted of a call: ids of orders and the seller's words are not. */
export interface MeasuredCall {
  sellerId: string;
  activity: SellerActivity;
  outcome: 'SUCCEEDED' | FailureCode;
  ms: number;
}

/** What one activity of the interface adds to the call. */
export interface SellerCallKind<Answer> {
  activity: SellerActivity;
  /** The body apart from `activity`; the id is another one in each request (domain.md 1.3, businessId). */
  parameters: (requestId: string) => Record<string, string>;
  /** Throws a `SellerCallError` when the answer is a failure. */
  read: (answer: Envelope) => Answer;
  /** It only tells the seller something: without an answer nothing is left at the seller either. */
  onlyTells?: true;
}

/**
 * Calls the seller once and keeps a row of it. Fails with `SELLER_CALL_FAILED` when the call failed on the
 * seller's side, and with the retryable `INTERNAL` when Steward itself could not do its part.
 */
export async function callSeller<Answer>(
  deps: CallDeps,
  input: SellerCallInput,
  kind: SellerCallKind<Answer>,
): Promise<Answer> {
  const access = await findAccess(deps.directory, input);
  const { orderId, orderLineId, sellerId, attempt } = input;
  const call = { callId: randomUUID(), orderId, orderLineId, sellerId, activity: kind.activity, attempt };
  const at = (deps.clock ?? Date.now)();
  await ours('The call could not be recorded', () => deps.calls.begin({ ...call, at }));

  const started = performance.now();
  const finish = (outcome: MeasuredCall['outcome'], result: Omit<CallResult, 'ms'>) => {
    const ms = Math.round(performance.now() - started);
    deps.measure?.({ sellerId, activity: kind.activity, outcome, ms });
    return finishRow(deps.calls, call.callId, { ms, ...result });
  };
  try {
    if (access instanceof SellerCallError) throw access;
    const { answer, resultCode } = await withDeadline(input.timeout, cancellationSignal(), (signal) =>
      exchange(deps, access, kind, call.callId, signal),
    );
    await finish('SUCCEEDED', { httpStatus: 200, resultCode, exception: null });
    return answer;
  } catch (error) {
    if (!(error instanceof SellerCallError)) throw error;
    const { httpStatus = null, resultCode = null } = error.seen;
    await finish(error.code, { httpStatus, resultCode, exception: error.message });
    throw ApplicationFailure.create({
      type: 'SELLER_CALL_FAILED',
      nonRetryable: true,
      // The seller's trouble, not the worker's: no warning with a stack trace, no failed-activity metric.
      category: ApplicationFailureCategory.BENIGN,
      message: error.message,
      details: [{ ...error.exception, mayHaveTakenEffect: mayHaveTakenEffect(kind, error) }],
    });
  }
}

/** Of an attempt before, whose worker was lost, nobody knows what came of it. */
function mayHaveTakenEffect({ onlyTells }: { onlyTells?: true }, { exception }: SellerCallError): boolean {
  return !onlyTells && (exception.mayHaveTakenEffect || isRepeated());
}

/** A product that was taken away fails the call like a seller that is gone; it would not come back by itself. */
async function findAccess(directory: SellerDirectory, { sellerId, productId }: SellerCallInput) {
  return ours('The access to the seller could not be looked up', async () => {
    try {
      return await directory.find(sellerId, productId);
    } catch (error) {
      if (error instanceof StewardError && error.code === 'PRODUCT_NOT_READY') {
        return new SellerCallError('PRODUCT_NOT_READY');
      }
      throw error;
    }
  });
}

/** One signed request, and after 000001 a second one with the key before (design §6). */
async function exchange<Answer>(
  { egress, clock = Date.now }: CallDeps,
  { productionUrl, accessKey, previousAccessKey }: SellerAccess,
  { activity, parameters, read }: SellerCallKind<Answer>,
  callId: string,
  signal: AbortSignal,
): Promise<{ answer: Answer; resultCode: string }> {
  async function request(key: string, requestId: string) {
    const body = canonicalBody({ activity, ...parameters(requestId) });
    const nonce = freshNonce();
    const timestamp = String(clock());
    const query = { signature: sign({ accessKey: key, nonce, timestamp, body }), timestamp, nonce };
    try {
      const envelope = readEnvelope(await egress.post({ url: productionUrl, query, body, signal }));
      return { answer: read(envelope), resultCode: envelope.resultCode };
    } catch (error) {
      throw error instanceof SellerCallError ? error.hiding(key) : error;
    }
  }

  try {
    return await request(accessKey, callId);
  } catch (error) {
    const refused = error instanceof SellerCallError && error.seen.resultCode === AUTHENTICATION_FAILED;
    if (!refused || previousAccessKey === undefined) throw error;
    return await request(previousAccessKey, randomUUID()).catch((again: unknown) => {
      throw again instanceof SellerCallError
        ? again.noting('repeated with the previous access key after 000001')
        : again;
    });
  }
}
