import { z } from 'zod';
import { COMMAND_NAMES, COMMANDS, type Command } from '../../domain/commands';
import { commandBodies } from '../../domain/schemas/commands';
import { id } from '../../domain/schemas/primitives';
import { answerOnce, idempotencyHeaders } from '../answer-once';
import { giveCommand } from '../command';
import type { ApiContext, Routes } from '../context';
import { allowNoBody } from '../no-body';
import { orderLineAnswer } from '../schemas/order-line';
import { WHOLE_ORDER } from './unsubscriptions';

type Params = z.ZodType<{ orderId: string; orderLineId?: string }>;
const orderParams: Params = z.object({ orderId: id });
const lineParams: Params = z.object({ orderId: id, orderLineId: id });

/** A route for each command, for orders with one line and for a line of several. */
export function commandRoutes(app: Routes, api: ApiContext): void {
  const route = (command: Command, path: string, params: Params): void => {
    app.post(
      `${path}/${command}`,
      {
        config: { roles: COMMANDS[command] },
        schema: {
          summary: `Command ${command}`,
          tags: ['Commands'],
          headers: idempotencyHeaders,
          params,
          body: commandBodies[command],
          response: { 200: orderLineAnswer },
        },
        preValidation: allowNoBody,
      },
      async (request, reply) => {
        const { body } = await answerOnce(api, request, async (updateId) => {
          const { params, party, body: data } = request;
          return { status: 200, body: await giveCommand(api, { ...params, party, command, data, updateId }) };
        });
        return reply.send(body as z.infer<typeof orderLineAnswer>);
      },
    );
  };

  for (const command of COMMAND_NAMES) {
    // These two stand in routes/unsubscriptions.ts.
    if (!WHOLE_ORDER.some((whole) => whole === command)) route(command, '/orders/:orderId', orderParams);
    route(command, '/orders/:orderId/lines/:orderLineId', lineParams);
  }
}
