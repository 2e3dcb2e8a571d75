import type { z } from 'zod';
import { listBills } from '../../db/billing/bills';
import { BILL_COMMAND_NAMES, BILL_COMMANDS, type BillCommand } from '../../domain/billing/commands';
import { billId } from '../../domain/ledger/draw-bills';
import { billBodies, billKey } from '../../domain/schemas/bills';
import { narrowed } from '../access';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import { giveBillCommand } from '../bill-command';
import type { ApiContext, Routes } from '../context';
import { allowNoBody } from '../no-body';
import { billAnswer, BILL_READERS, billFor, billSummary, checkAgreement } from '../read-bill';
import { billDetails, billPage } from '../schemas/bills';
import { billQuery } from '../schemas/queries';

/** A bill's id in URLs: its five parts, with its slashes. */
export const BILL_PATH = '/bills/:sellerId/:period/:site/:variant/:currency';

/** Bills: read by their sellers and operators, and moved by them (domain.md 5.2, 5.3). */
export function billRoutes(app: Routes, api: ApiContext): void {
  app.get(
    '/bills',
    {
      config: { roles: BILL_READERS },
      schema: {
        summary: 'Bills, those of the newest months first',
        tags: ['Settlement'],
        querystring: billQuery,
        response: { 200: billPage },
      },
    },
    async ({ query: { cursor, limit, ...asked }, party }) => {
      await checkAgreement(api, party);
      const filter = narrowed(asked, party);
      if (filter === null) return { items: [], nextCursor: null };
      const { items, nextCursor } = await listBills(api.database, filter, { cursor, limit });
      return { items: items.map(billSummary), nextCursor };
    },
  );

  app.get(
    BILL_PATH,
    {
      config: { roles: BILL_READERS },
      schema: {
        summary: 'A bill as it is now: what it pays, whom it waits for and until when',
        tags: ['Settlement'],
        params: billKey,
        response: { 200: billDetails },
      },
    },
    async ({ params, party }) => billAnswer(await billFor(api, party, billId(params, params))),
  );

  for (const command of BILL_COMMAND_NAMES) commandRoute(app, api, command);
}

function commandRoute(app: Routes, api: ApiContext, command: BillCommand): void {
  app.post(
    `${BILL_PATH}/${command}`,
    {
      config: { roles: BILL_COMMANDS[command] },
      schema: {
        summary: `Command ${command}`,
        tags: ['Settlement'],
        headers: idempotencyHeaders,
        params: billKey,
        body: billBodies[command],
        response: { 200: billDetails },
      },
      preValidation: allowNoBody,
    },
    async (request, reply) => {
      const { body } = await answerOnce(api, request, async (updateId) => {
        const { params, party, body: data } = request;
        const given = { party, billId: billId(params, params), command, data, updateId };
        return { status: 200, body: await giveBillCommand(api, given) };
      });
      return reply.send(body as z.infer<typeof billDetails>);
    },
  );
}
