import type { z } from 'zod';
import { logisticsEventBody } from '../../domain/schemas/logistics';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import type { ApiContext, Routes } from '../context';
import { takeLogisticsEvent } from '../logistics';
import { logisticsEventAnswer } from '../schemas/logistics';

/** What carriers tell unasked (domain.md 2.7). */
export function logisticsRoutes(app: Routes, api: ApiContext): void {
  app.post(
    '/logistics-events',
    {
      config: { roles: ['carrier'] },
      schema: {
        summary: 'Tell how far a parcel is; repeated and out of order it changes nothing twice',
        description:
          "It counts once the carrier, asked by Steward with the recipient's phone, has confirmed the parcel; before " +
          'that, and of a parcel that was corrected meanwhile, it changes nothing.',
        tags: ['Logistics'],
        headers: idempotencyHeaders,
        body: logisticsEventBody,
        response: { 200: logisticsEventAnswer },
      },
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async (updateId) => {
        const { party, body: event } = request;
        return { status: 200, body: await takeLogisticsEvent(api, { party, event }, updateId) };
      });
      return reply.send(body as z.infer<typeof logisticsEventAnswer>);
    },
  );
}
