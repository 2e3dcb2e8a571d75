import Fastify, { type FastifyInstance } from 'fastify';
import { createTransport } from 'nodemailer';
import { devMail } from '../../cli/up/dev-mail';
import type { Mailbox } from '../../sim/mailbox';
import { startTestMailbox } from '../support/mailbox';

/** The pages of `/dev/mail`, with mails of somebody hostile. */

const EVIL = '<script>alert(1)</script>"\'&';
let mailbox: Mailbox;
let app: FastifyInstance;

beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = Fastify();
  await app.register(devMail(mailbox));
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await mailbox.close();
});

const get = (url: string, host = '127.0.0.1:8080') => app.inject({ url, headers: { host } });

test('before the first mail the list says so', async () => {
  expect((await get('/dev/mail')).body).toContain('None yet.');
});

test('mails are listed, the newest first, and one is shown with its headers and parts', async () => {
  const transport = createTransport(mailbox.url);
  const sent = { from: 'steward@y.example', to: 'a@b.example' };
  await transport.sendMail({ ...sent, subject: 'First', text: 'x', messageId: '<1@y.example>' });
  const html = `<p style="color:red">${EVIL}</p><img src="https://evil.example/x.png">`;
  await transport.sendMail({ ...sent, subject: `Second ${EVIL}`, text: `T ${EVIL}`, html });
  await transport.sendMail({ ...sent, subject: 'First', text: 'x', messageId: '<1@y.example>' });

  const list = await get('/dev/mail');
  expect(list.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(list.body).toMatch(/Second[^]*<td>once<\/td>[^]*First[^]*<td>2 times<\/td>/);
  const { id } = mailbox.mails[1]!;
  expect(list.body).toContain(`<a href="/dev/mail/${id}">Second &lt;script&gt;`);

  const { body, statusCode } = await get(`/dev/mail/${id}`);
  expect(statusCode).toBe(200);
  expect(body).toContain('To: a@b.example\n');
  expect(body).toContain('<pre>T &lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  expect(body).toMatch(/<iframe sandbox srcdoc="&lt;p style=&quot;color:red&quot;&gt;[^"<>]*" title/);
  for (const page of [list.body, body]) expect(page).not.toMatch(/<script|<img/);
});

test('no page lets anything be loaded, run, framed, kept or sent', async () => {
  for (const url of ['/dev/mail', `/dev/mail/${mailbox.mails[0]!.id}`, '/dev/mail/unknown']) {
    const { headers } = await get(url);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  }
});

test.each(['unknown', '..%2F..%2Fkeys.json', '0'.repeat(32)])('there is no mail %s', async (id) => {
  const { statusCode, body } = await get(`/dev/mail/${id}`);
  expect(statusCode).toBe(404);
  expect(body).toBe('There is no such mail\n');
});

test.each(['localhost', 'localhost:8080', 'LOCALHOST:8080', '127.0.0.1', '[::1]:8080'])(
  'host %s is this machine',
  async (host) => {
    expect((await get('/dev/mail', host)).statusCode).toBe(200);
  },
);

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8080', '127.0.0.2', '10.0.0.1'])(
  'host %j gets nothing: a page elsewhere may have given itself our address',
  async (host) => {
    for (const url of ['/dev/mail', `/dev/mail/${mailbox.mails[0]!.id}`]) {
      const { statusCode, body } = await get(url, host);
      expect(statusCode).toBe(421);
      expect(body).not.toMatch(/First|Second|@/);
    }
  },
);
