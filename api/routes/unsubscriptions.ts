import { z } from 'zod';
import type { OrderAnswer, OrderLineAnswer } from '../../domain/answers';
import { COMMANDS, type Command } from '../../domain/commands';
import { StewardError } from '../../domain/errors';
import { bundleRequest, commandBodies } from '../../domain/schemas/commands';
import { id } from '../../domain/schemas/primitives';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import { isBundle, requestBundle, withdrawBundle } from '../bundle';
import { giveCommand } from '../command';
import type { ApiContext, Routes } from '../context';
import { allowNoBody } from '../no-body';
import { orderAnswer, orderLineAnswer } from '../schemas/order-line';

/** What is given to an order as a whole when it is a bundle (domain.md 3.1), and else to its only line. */
export const WHOLE_ORDER = ['request-unsubscription', 'withdraw-unsubscription'] as const satisfies Command[];

const single = commandBodies['request-unsubscription'];
const requestBody = z.strictObject({
  ...single.shape,
  amount: single.shape.amount.optional().describe('Needed unless the order is a bundle'),
  lines: bundleRequest.shape.lines.optional().describe('Needed for a bundle: every line of it once'),
});
type RequestBody = z.infer<typeof requestBody>;

const BODIES = {
  'request-unsubscription': requestBody,
  'withdraw-unsubscription': commandBodies['withdraw-unsubscription'],
};

/** Negotiated unsubscription of orders: of all lines of a bundle, or of the only line of another order. */
export function unsubscriptionRoutes(app: Routes, api: ApiContext): void {
  for (const command of WHOLE_ORDER) {
    app.post(
      `/orders/:orderId/${command}`,
      {
        config: { roles: COMMANDS[command] },
        schema: {
          summary: `Command ${command}, for a bundle of all its lines`,
          tags: ['Commands'],
          headers: idempotencyHeaders,
          params: z.object({ orderId: id }),
          body: BODIES[command],
          response: { 200: z.union([orderAnswer, orderLineAnswer]) },
        },
        preValidation: allowNoBody,
      },
      async (request, reply) => {
        const { body } = await answerOnce(api, request, async (updateId) => {
          const { party, params, body: data } = request;
          const { orderId } = params;
          const given = { party, orderId, updateId };
          if (!(await isBundle(api, party, orderId))) {
            const checked = command === 'request-unsubscription' ? ofOneLine(data) : data;
            return { status: 200, body: await giveCommand(api, { ...given, command, data: checked }) };
          }
          const answer =
            command === 'request-unsubscription'
              ? requestBundle(api, given, ofBundle(data))
              : withdrawBundle(api, given);
          return { status: 200, body: await answer };
        });
        return reply.send(body as OrderAnswer | OrderLineAnswer);
      },
    );
  }
}

function ofOneLine({ lines, ...data }: Partial<RequestBody>) {
  if (lines !== undefined) throw invalid('lines: the order is no bundle; ask for one line, with its amount');
  if (data.amount === undefined) throw invalid('amount: required');
  return data;
}

function ofBundle({ amount, lines, reason = '', received }: Partial<RequestBody>) {
  if (lines === undefined || amount !== undefined) {
    throw invalid('lines: the order is a bundle; name each of its lines with its amount here');
  }
  return { reason, lines, received };
}

function invalid(problem: string): StewardError {
  return new StewardError('INVALID_REQUEST', { problems: `body.${problem}` });
}
