import { z } from 'zod';
import {
  CERTIFICATION_COMMAND_NAMES,
  CERTIFICATION_COMMANDS,
  type CertificationCommand,
} from '../../domain/certification/machine';
import { certificationBodies, certificationQuery } from '../../domain/schemas/certification';
import { id } from '../../domain/schemas/primitives';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import { giveCertificationCommand, readCertification } from '../certification';
import type { ApiContext, Routes } from '../context';
import { certificationAnswer } from '../schemas/certification';

const params = z.object({ sellerId: id });

/** The business certification of sellers (商业信息认证, domain.md 6.1). */
export function certificationRoutes(app: Routes, api: ApiContext): void {
  app.get(
    '/sellers/:sellerId/certification',
    {
      config: { roles: ['seller', 'operator'] },
      schema: {
        summary: 'How the certification of a seller stands, and what it submitted',
        tags: ['Certification'],
        params,
        querystring: certificationQuery,
        response: { 200: certificationAnswer },
      },
    },
    ({ params: { sellerId }, query: { site }, party }) => readCertification(api, party, { sellerId, site }),
  );

  const route = (command: CertificationCommand): void => {
    app.post(
      `/sellers/:sellerId/certification/${command}`,
      {
        config: { roles: CERTIFICATION_COMMANDS[command] },
        schema: {
          summary: `Command ${command}`,
          tags: ['Certification'],
          headers: idempotencyHeaders,
          params,
          body: certificationBodies[command],
          response: { 200: certificationAnswer },
        },
      },
      async (request, reply) => {
        const { body } = await answerOnce(api, request, async (updateId) => {
          const { params, party, body: data } = request;
          const given = { ...params, party, command, data, updateId };
          return { status: 200, body: await giveCertificationCommand(api, given) };
        });
        return reply.send(body as z.infer<typeof certificationAnswer>);
      },
    );
  };
  CERTIFICATION_COMMAND_NAMES.forEach(route);
}
