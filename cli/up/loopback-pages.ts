import type { FastifyInstance } from 'fastify';

/** A site that gives its own host name our address (DNS rebinding) sends that name. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** What a page of ours may differ in. */
interface PageRules {
  /** Whether the page has forms, which send to itself. */
  forms: boolean;
}

/**
 * Keeps what an app serves to browsers of this machine, and its pages to themselves: nothing is loaded, run, framed
 * or kept, and only a page's own forms are taken. Styles are the pages' own.
 */
export function serveOnlyLoopback(app: FastifyInstance, { forms }: PageRules): void {
  const headers = {
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; " +
      `form-action ${forms ? "'self'" : "'none'"}; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    // With "no-referrer" a form's origin would be "null".
    'referrer-policy': forms ? 'same-origin' : 'no-referrer',
    'cache-control': 'no-store',
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    const { host = '', origin } = request.headers;
    if (!LOOPBACK.test(host)) {
      await reply.code(421).type('text/plain').send('Only for browsers of this machine: use 127.0.0.1\n');
    } else if (request.method === 'POST' && origin !== `http://${host}`) {
      await reply.code(403).type('text/plain').send('Only for the buttons of this page\n');
    }
  });
}
