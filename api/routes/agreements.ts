import { z } from 'zod';
import { getAgreement, publishAgreement, signAgreement } from '../../db/agreements';
import { getSeller } from '../../db/sellers';
import { StewardError } from '../../domain/errors';
import { agreement } from '../../domain/schemas/agreement';
import { id } from '../../domain/schemas/primitives';
import type { ApiContext, Routes } from '../context';
import { allowNoBody } from '../no-body';
import { agreementAnswer, signatureAnswer } from '../schemas/agreement';

const params = z.object({ version: id });

/**
 * The cooperation agreement (合作协议, domain.md 5.1). Repetitions change nothing by themselves and need no
 * `Idempotency-Key`.
 */
export function agreementRoutes(app: Routes, { database }: ApiContext): void {
  app.post(
    '/agreements',
    {
      config: { roles: ['operator'] },
      schema: {
        summary: 'Publish a version: sellers have to sign it from now on; the same again changes nothing',
        tags: ['Agreement'],
        body: agreement,
        response: {
          200: agreementAnswer.describe('Published before'),
          201: agreementAnswer.describe('Published'),
        },
      },
    },
    async ({ body }, reply) => {
      const isNew = await publishAgreement(database, body);
      return reply.status(isNew ? 201 : 200).send(await getAgreement(database, body.version));
    },
  );

  app.get(
    '/agreements/:version',
    {
      config: { roles: ['seller', 'operator'] },
      schema: {
        summary: 'The text of a version, and its hash',
        tags: ['Agreement'],
        params,
        response: { 200: agreementAnswer },
      },
    },
    ({ params: { version }, party: { role, sub } }) =>
      getAgreement(database, version, role === 'seller' ? sub : undefined),
  );

  app.post(
    '/agreements/:version/sign-agreement',
    {
      config: { roles: ['seller'] },
      schema: {
        summary: 'Sign the current version; the same again changes nothing',
        tags: ['Agreement'],
        params,
        body: z.strictObject({}),
        response: { 200: signatureAnswer },
      },
      preValidation: allowNoBody,
    },
    async ({ params: { version }, party: { sub } }) => {
      if (!(await getSeller(database, sub))) throw new StewardError('NOT_FOUND', { what: 'seller', id: sub });
      return signAgreement(database, version, sub);
    },
  );
}
