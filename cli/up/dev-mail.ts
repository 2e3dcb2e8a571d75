import type { FastifyPluginCallback } from 'fastify';
import type { Mailbox } from '../../sim/mailbox';
import { listPage, mailPage } from '../../sim/mailbox/pages';

/** Nothing is loaded, run, framed or sent; styles are the pages' own and those of mails in their sandbox. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A site that gives its own host name our address (DNS rebinding) sends that name. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** The pages `/dev/mail` and `/dev/mail/:id` of the local mailbox, for browsers of this machine only. */
export function devMail(mailbox: Mailbox): FastifyPluginCallback {
  return (app, _options, done) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      if (!LOOPBACK.test(request.headers.host ?? '')) {
        await reply.code(421).type('text/plain').send('Only for browsers of this machine: use 127.0.0.1\n');
      }
    });
    app.get('/dev/mail', { schema: { hide: true } }, (_request, reply) => {
      void reply.type('text/html; charset=utf-8').send(listPage(mailbox.mails));
    });
    app.get<{ Params: { id: string } }>(
      '/dev/mail/:id',
      { schema: { hide: true } },
      async (request, reply) => {
        const email = await mailbox.read(request.params.id);
        if (!email) return reply.code(404).type('text/plain').send('There is no such mail\n');
        return reply.type('text/html; charset=utf-8').send(mailPage(email));
      },
    );
    done();
  };
}
