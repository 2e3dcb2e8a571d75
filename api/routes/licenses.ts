import type { z } from 'zod';
import { licenseBody } from '../../domain/schemas/licenses';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import type { ApiContext, Routes } from '../context';
import { activateLicense, takeHeartbeat } from '../licenses';
import { activationAnswer, heartbeatAnswer } from '../schemas/licenses';
import { UnknownLicenses } from '../unknown-licenses';

/** Licence codes, as the software of sellers uses them (domain.md 2.4). The code is in the body: URLs are logged. */
export function licenseRoutes(app: Routes, context: ApiContext): void {
  const api = { ...context, unknown: new UnknownLicenses() };
  const request = { headers: idempotencyHeaders, body: licenseBody };

  app.post(
    '/licenses/activate',
    {
      config: { roles: ['seller'] },
      schema: {
        summary: 'Activate the licence code that a buyer has claimed; once',
        tags: ['Licences'],
        ...request,
        response: { 200: activationAnswer },
      },
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async (updateId) => {
        const { party, body: data } = request;
        return { status: 200, body: await activateLicense(api, { party, ...data }, updateId) };
      });
      return reply.send(body as z.infer<typeof activationAnswer>);
    },
  );

  app.post(
    '/licenses/heartbeat',
    {
      config: { roles: ['seller'] },
      schema: {
        summary: 'Tell that the software behind an activated licence code is in use',
        tags: ['Licences'],
        ...request,
        response: { 200: heartbeatAnswer },
      },
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async () => {
        const { party, body: data } = request;
        return { status: 200, body: await takeHeartbeat(api, { party, ...data }) };
      });
      return reply.send(body as z.infer<typeof heartbeatAnswer>);
    },
  );
}
