import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { canonicalHash } from '../db/canonical-hash';
import {
  beginIdempotent,
  forgetIdempotent,
  rememberAnswer,
  type IdempotencySlot,
  type RememberedAnswer,
} from '../db/idempotency';
import { StewardError } from '../domain/errors';
import type { ApiContext } from './context';

/** Request headers of the routes that `answerOnce` serves. */
export const idempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, '1 to 255 printable ASCII characters')
    .optional()
    .describe('The same request under the same key takes effect once and gets the same answer'),
});

type KeyedRequest = Pick<FastifyRequest, 'method' | 'url' | 'party' | 'body'> & {
  headers: z.infer<typeof idempotencyHeaders>;
};

/**
 * Answers a request once for each (role, sub, `Idempotency-Key`), design §5. Without a key it just answers.
 * Successes are remembered, and refusals that the line, or a whole bundle, had to find out; any other refusal leaves no
 * trace; 202 and 5xx keep the key for this request, which may be sent again and then joins the first by its update id.
 *
 * @param answer makes the answer; its update id is the same for the same request under the same key
 * @throws `IDEMPOTENCY_KEY_REUSED` when the key stands for another request
 */
export async function answerOnce(
  { database, keyring }: Pick<ApiContext, 'database' | 'keyring'>,
  request: KeyedRequest,
  answer: (updateId: string) => Promise<RememberedAnswer>,
): Promise<RememberedAnswer> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return answer(randomUUID());

  const slot: IdempotencySlot = { ...request.party, key };
  const content = { method: request.method, path: request.url.split('?')[0], body: request.body };
  const before = await beginIdempotent(database, keyring, slot, content);
  if (before.kind === 'reused') throw new StewardError('IDEMPOTENCY_KEY_REUSED');
  if (before.kind === 'answered') return again(before.answer);

  try {
    const given = await answer(canonicalHash([slot, content]));
    if (given.status === 202) return given;
    await rememberAnswer(database, keyring, slot, content, given);
  } catch (error) {
    if (!(error instanceof StewardError)) throw error;
    if (error.remembered) {
      await rememberAnswer(database, keyring, slot, content, { status: error.status, body: partsOf(error) });
    } else if (error.status < 500) await forgetIdempotent(database, slot);
    throw error;
  }
  // Of several at the same time the first answer is everybody's.
  const after = await beginIdempotent(database, keyring, slot, content);
  if (after.kind === 'answered') return again(after.answer);
  throw new StewardError('TRY_AGAIN');
}

/** What is kept of a refusal. */
type Refusal = Pick<StewardError, 'code' | 'params'>;

function partsOf({ code, params }: StewardError): Refusal {
  return { code, params };
}

/** The answer as it was given the first time; a refusal is thrown anew. */
function again(answer: RememberedAnswer): RememberedAnswer {
  if (answer.status < 400) return answer;
  const { code, params } = answer.body as Refusal;
  throw new StewardError(code, params);
}
