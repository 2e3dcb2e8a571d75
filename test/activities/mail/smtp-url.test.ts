import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { explainFailure } from '../../../activities/mail/failure';
import { createSender } from '../../../activities/mail/send';
import { smtpServer } from '../../../activities/mail/smtp-url';
import { createCertificateAuthority } from '../../../sim/certificates';

/** To which mail servers `SMTP_URL` leads, and how safely. */

const auth = { user: 'me', pass: 'w/rd' };

test.each([
  [
    'smtps://me:w%2Frd@mail.example',
    { host: 'mail.example', port: 465, secure: true, requireTLS: false, auth },
  ],
  ['smtps://mail.example:2465/', { host: 'mail.example', port: 2465, secure: true, requireTLS: false }],
  [
    'smtp://me:w%2Frd@mail.example',
    { host: 'mail.example', port: 587, secure: false, requireTLS: true, auth },
  ],
  ['smtp://10.0.0.1:25', { host: '10.0.0.1', port: 25, secure: false, requireTLS: true }],
  ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, secure: false, requireTLS: false }],
  ['smtp://[::1]:1025', { host: '::1', port: 1025, secure: false, requireTLS: false }],
  ['smtp://localhost', { host: 'localhost', port: 587, secure: false, requireTLS: false }],
])('%s', (url, server) => {
  expect(smtpServer(url)).toEqual(server);
});

test.each([
  '',
  'mail.example',
  'https://mail.example',
  'smtp://',
  'smtp://me:pass-word@mail.example/?tls.rejectUnauthorized=false',
  'smtp://me:pass-word@mail.example/path',
  'smtp://me:pass-word@mail.example/#x',
  'smtp://me:pass-word%@mail.example',
])('%j is refused, and a password in it is not told', (url) => {
  expect(() => smtpServer(url)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^Setting SMTP_URL: (?!.*pass-word)/) as string,
    }) as Error,
  );
});

const letter = {
  id: 'T-1-M1',
  date: 0,
  to: 'a@b.example',
  language: 'en',
  content: { subject: 's', text: 't', html: 'h' },
};
const operator = { email: 'operators@localhost', language: 'en' as const };
const settings = { from: 'steward@localhost', operator, orderLink: '' };

test.each(['smtps', 'smtp'])(
  'nothing goes to a server whose certificate nobody trusts (%s)',
  async (scheme) => {
    const authority = await createCertificateAuthority();
    const { certPem, keyPem } = await authority.issue({ hosts: ['localhost'] });
    let commands = 0;
    const server = new SMTPServer({
      secure: scheme === 'smtps',
      ...{ cert: certPem, key: keyPem, authOptional: true, closeTimeout: 1, disableReverseLookup: true },
      onMailFrom: (_address, _session, answer) => {
        commands += 1;
        answer();
      },
    });
    server.on('error', () => undefined);
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    try {
      const send = createSender({ ...settings, smtpUrl: `${scheme}://localhost:${port}` }, 10_000);
      await expect(send(letter)).rejects.toMatchObject({
        failure: {
          final: false,
          reason: expect.stringMatching(/^no connection .*(CERT|SIGN|ISSUER)/) as string,
        },
      });
      expect(commands).toBe(0);
    } finally {
      await new Promise<void>((resolve) => server.close(resolve));
    }
  },
);

/** Answers that are about the connection or our login say nothing about the mail. */
test.each([
  [{ code: 'EPROTOCOL', responseCode: 554, response: '554 go away a@b.cn', command: 'CONN' }, '554'],
  [
    { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 a@b.cn', command: 'AUTH PLAIN' },
    '535 5.7.8 to AUTH PLAIN',
  ],
  [{ code: 'ETLS', responseCode: 502, response: '502 a@b.cn', command: 'STARTTLS' }, '502 to STARTTLS'],
])('%j may pass', (error, answer) => {
  expect(explainFailure(Object.assign(new Error('about a@b.cn'), error))).toEqual({
    final: false,
    reason: `the mail server answered ${answer}`,
  });
});
