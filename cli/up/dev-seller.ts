import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';
import { controlPage } from '../../sim/control/page';
import type { SellerControl } from '../../sim/seller';
import { BEHAVIOURS } from '../../sim/seller/behaviour';
import { serveOnlyLoopback } from './loopback-pages';

const PATH = '/dev/seller';

/** What a button of the page sends; without an order it is meant for all that have no row of their own. */
const pressed = z.strictObject({ behaviour: z.enum(BEHAVIOURS), orderId: z.string().min(1).optional() });

/** The page `/dev/seller`, on which the simulated seller is mended or broken, for browsers of this machine only. */
export function devSeller(seller: SellerControl): FastifyPluginCallback {
  return (app, _options, done) => {
    serveOnlyLoopback(app, { forms: true });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    app.get(PATH, { schema: { hide: true } }, (_request, reply) => {
      void reply.type('text/html; charset=utf-8').send(controlPage(seller));
    });
    app.post(PATH, { schema: { hide: true } }, async (request, reply) => {
      const form = pressed.safeParse(request.body);
      if (!form.success) return reply.code(400).type('text/plain').send('That is no button of this page\n');
      const { behaviour, orderId } = form.data;
      if (orderId !== undefined && !seller.outlook().some((line) => line.orderId === orderId)) {
        return reply.code(404).type('text/plain').send('The seller has had no call of this order\n');
      }
      seller.behave(behaviour, orderId);
      return reply.redirect(orderId === undefined ? PATH : `${PATH}#${encodeURIComponent(orderId)}`, 303);
    });
    done();
  };
}
