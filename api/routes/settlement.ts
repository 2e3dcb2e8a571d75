import { z } from 'zod';
import { recordDeposit } from '../../db/ledger/deposits';
import { recordRepayment } from '../../db/ledger/repayments';
import { StewardError } from '../../domain/errors';
import { id } from '../../domain/schemas/primitives';
import { deposit, repayment } from '../../domain/schemas/settlement';
import { iso } from '../../domain/time';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import type { ApiContext, Routes } from '../context';
import { depositAnswer, repaymentAnswer } from '../schemas/settlement';

/** What the platform tells of money: who has repaid, who has paid a deposit (domain.md 5.1). */
export function settlementRoutes(app: Routes, api: ApiContext): void {
  app.post(
    '/orders/:orderId/record-repayment',
    {
      config: { roles: ['platform'] },
      schema: {
        summary:
          'The buyer has repaid an order that was on credit, all its lines; the same again changes nothing',
        tags: ['Settlement'],
        headers: idempotencyHeaders,
        params: z.object({ orderId: id }),
        body: repayment,
        response: { 200: repaymentAnswer },
      },
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async () => {
        const { orderId } = request.params;
        const at = Date.parse(request.body.at);
        if (at > Date.now()) {
          throw new StewardError('INVALID_REQUEST', {
            problems: 'body.at: a moment that is not in the future',
          });
        }
        await recordRepayment(api.database, orderId, at);
        return { status: 200, body: { orderId, repaidAt: iso(at) } };
      });
      return reply.send(body as z.infer<typeof repaymentAnswer>);
    },
  );

  app.post(
    '/sellers/:sellerId/record-deposit',
    {
      config: { roles: ['platform'] },
      schema: {
        summary: 'A seller has paid a deposit; the same again changes nothing',
        tags: ['Settlement'],
        headers: idempotencyHeaders,
        params: z.object({ sellerId: id }),
        body: deposit,
        response: { 200: depositAnswer },
      },
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async () => {
        const paid = { ...request.params, ...request.body };
        await recordDeposit(api.database, paid);
        return { status: 200, body: paid };
      });
      return reply.send(body as z.infer<typeof depositAnswer>);
    },
  );
}
