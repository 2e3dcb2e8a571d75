import type { FastifyPluginCallback } from 'fastify';
import type { Mailbox } from '../../sim/mailbox';
import { listPage, mailPage } from '../../sim/mailbox/pages';
import { serveOnlyLoopback } from './loopback-pages';

/** The pages `/dev/mail` and `/dev/mail/:id` of the local mailbox, for browsers of this machine only. */
export function devMail(mailbox: Mailbox): FastifyPluginCallback {
  return (app, _options, done) => {
    serveOnlyLoopback(app, { forms: false });
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
