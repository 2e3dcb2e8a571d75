import { z } from 'zod';
import { listLines } from '../../db/order-lines';
import { id } from '../../domain/schemas/primitives';
import { narrowed, READERS } from '../access';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import type { ApiContext, Routes } from '../context';
import { placeOrder } from '../place-order';
import { linesOf, orderAnswer } from '../read-order';
import { placedOrder } from '../schemas/order';
import { orderAnswer as orderSchema, orderLinePage } from '../schemas/order-line';
import { orderQuery } from '../schemas/queries';
import { summaryOf } from '../view';

/** Orders: handed over by the platform, read by their parties. */
export function orderRoutes(app: Routes, api: ApiContext): void {
  app.post(
    '/orders',
    {
      config: { roles: ['platform'] },
      schema: {
        summary: 'Hand over a paid order; the same body again changes nothing',
        tags: ['Orders'],
        headers: idempotencyHeaders,
        body: placedOrder,
        response: {
          200: orderSchema.describe('Handed over before'),
          201: orderSchema.describe('Under way'),
          202: orderSchema.describe('Safe; it starts as soon as a worker is up'),
        },
      },
    },
    async (request, reply) => {
      const { status, body } = await answerOnce(api, request, async () => {
        const placed = await placeOrder(api, request.party, request.body);
        return { status: placed.status, body: placed.order };
      });
      return reply
        .status(status as 200 | 201 | 202)
        .header('location', `/v1/orders/${request.body.orderId}`)
        .send(body as z.infer<typeof orderSchema>);
    },
  );

  app.get(
    '/orders/:orderId',
    {
      config: { roles: READERS },
      schema: {
        summary: 'The lines of an order, as they are now',
        tags: ['Orders'],
        params: z.object({ orderId: id }),
        response: { 200: orderSchema },
      },
    },
    async ({ params: { orderId }, party }) =>
      orderAnswer(api, party, orderId, await linesOf(api, party, orderId)),
  );

  app.get(
    '/orders',
    {
      config: { roles: READERS },
      schema: {
        summary: 'Order lines, the newest first',
        tags: ['Orders'],
        querystring: orderQuery,
        response: { 200: orderLinePage },
      },
    },
    async ({ query: { cursor, limit, dueBefore, ...asked }, party }) => {
      const filter = narrowed(asked, party);
      if (filter === null) return { items: [], nextCursor: null };
      const due = dueBefore === undefined ? {} : { dueBefore: Date.parse(dueBefore) };
      const { items, nextCursor } = await listLines(api.database, { ...filter, ...due }, { cursor, limit });
      return { items: items.map(summaryOf), nextCursor };
    },
  );
}
