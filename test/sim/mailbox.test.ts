import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailbox, type KeptMail } from '../../sim/mailbox';

/** The mailbox, spoken to by a mail client that is not Steward's. */

const folder = mkdtempSync(join(tmpdir(), 'steward-mailbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const send = (url: string, messageId: string, to = 'a@b.example', subject = 'Grüße 您好') =>
  createTransport(url).sendMail({ from: 'x@y.example', to, subject, messageId, text: 'T', html: '<p>H</p>' });

test('mails are kept as they came, for their owner only, and over restarts', async () => {
  const first = await startMailbox({ folder });
  const told: KeptMail[] = [];
  first.seen.on('mail', (mail) => told.push({ ...mail }));
  await send(first.url, '<one@y.example>');
  await send(first.url, '<two@y.example>', 'c@d.example');
  await send(first.url, '<one@y.example>');
  const expected = [
    { messageId: '<one@y.example>', to: 'a@b.example', subject: 'Grüße 您好', times: 2 },
    { messageId: '<two@y.example>', to: 'c@d.example', subject: 'Grüße 您好', times: 1 },
  ];
  expect(first.mails).toMatchObject(expected);
  expect(told.map(({ messageId, times }) => [messageId, times])).toEqual([
    ['<one@y.example>', 1],
    ['<two@y.example>', 1],
    ['<one@y.example>', 2],
  ]);
  const { id } = first.mails[0]!;
  expect(await first.read(id, 2)).toMatchObject({
    text: expect.stringMatching(/^T\s*$/) as string,
    html: expect.stringContaining('<p>H</p>') as string,
  });
  await first.close();

  expect(readdirSync(folder)).toHaveLength(3);
  for (const file of readdirSync(folder)) {
    expect(file).toMatch(/^[0-9a-f]{32}-[12]\.eml$/);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  }
  const second = await startMailbox({ folder });
  expect(second.mails).toMatchObject(expected);
  await send(second.url, '<two@y.example>', 'c@d.example');
  expect(second.mails[1]?.times).toBe(2);
  await second.close();
});

test('what it never had cannot be read', async () => {
  const mailbox = await startMailbox({ folder });
  for (const id of ['', '../../etc/passwd', '0'.repeat(32)]) expect(await mailbox.read(id)).toBeUndefined();
  const { id, times } = mailbox.mails[0]!;
  for (const n of [0, times + 1]) expect(await mailbox.read(id, n)).toBeUndefined();
  await mailbox.close();
});

test('faults come in their order, and for one address alone if asked so', async () => {
  const mailbox = await startMailbox({ folder });
  const code = (to: string) =>
    send(mailbox.url, '<three@y.example>', to).then(
      () => 250,
      (error: unknown) => (error as { responseCode?: number }).responseCode,
    );
  mailbox.behave(['rcpt-450', 'data-554', 'take']);
  mailbox.behave(['rcpt-550'], 'gone@b.example');
  expect(await code('a@b.example')).toBe(450);
  expect(await code('gone@b.example')).toBe(550);
  expect(await code('a@b.example')).toBe(554);
  expect(await code('a@b.example')).toBe(250);
  expect(await code('gone@b.example')).toBe(550);
  expect(mailbox.mails.find(({ messageId }) => messageId === '<three@y.example>')?.times).toBe(1);

  await mailbox.goDown();
  await expect(code('a@b.example')).resolves.toBeUndefined();
  await mailbox.comeBack();
  expect(await code('a@b.example')).toBe(250);
  await mailbox.close();
});

test('a mail that hangs does not keep it from closing', async () => {
  const mailbox = await startMailbox({ folder });
  mailbox.behave(['hang']);
  const hanging = send(mailbox.url, '<four@y.example>').catch((error: unknown) => error);
  // Taken by another connection, so the first one is past its greeting.
  mailbox.behave(['take'], 'c@d.example');
  await send(mailbox.url, '<five@y.example>', 'c@d.example');
  await mailbox.close();
  expect(await hanging).toBeInstanceOf(Error);
});
