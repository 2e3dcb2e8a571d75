import { MAIL_KINDS } from '../../domain/mail';
import { steward } from './steward';

/** `steward mail preview`: the mails with example data. */

const preview = (...args: string[]) => steward(['mail', 'preview', ...args]);

test('without a kind it lists all of them, with who gets them', async () => {
  const { stdout, stderr, exitCode } = await preview();
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head).toMatch(/^KIND +TO +SUBJECT$/);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(MAIL_KINDS);
  expect(stdout).toMatch(/^refund-stuck +operator +Order CS2611-EXAMPLE: the refund is stuck$/m);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test.each(MAIL_KINDS)('%s has a text and an HTML part in both languages', async (kind) => {
  const { stdout: en } = await preview(kind);
  const { stdout: zh } = await preview(kind, '--language', 'zh');
  expect(en).toMatch(/^To: (seller|buyer|operator)\nSubject: Order CS2611-EXAMPLE: \S.*\n\nHello,\n\n/);
  expect(zh).toMatch(/\nSubject: 订单 CS2611-EXAMPLE：\S.*\n\n您好：\n\n/);
  const { stdout: html, exitCode } = await preview(kind, '--language', 'zh', '--html');
  expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">[^]*<\/html>\n$/);
  expect(exitCode).toBe(0);
});

test('a recipient or a node chooses what is asked for', async () => {
  expect((await preview('your-move', '--to', 'buyer')).stdout).toMatch(
    /^To: buyer\n[^]*please check the delivery, and accept or reject it/im,
  );
  expect((await preview('your-move', '--to', 'buyer', '--node', 'CLAIMING')).stdout).toMatch(
    /^Subject: .*: your move: Buyer claims the licence code$[^]*cannot be unsubscribed any more/m,
  );
});

test('--json gives all parts', async () => {
  const { stdout } = await preview('opened', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'opened',
    to: 'buyer',
    subject: 'Order CS2611-EXAMPLE: your product is ready',
    text: expect.stringContaining('https://steward.example/orders/CS2611-EXAMPLE') as string,
    html: expect.stringContaining('https://steward.example/orders/CS2611-EXAMPLE') as string,
  });
});

test.each([
  [['nonsense'], /Allowed choices are call-failed, /],
  [['opened', '--language', 'fr'], /Allowed choices are zh, en/],
  [['your-move', '--node', 'NOWHERE'], /Allowed choices are SUBMITTING_REQUIREMENT, /],
  [['opened', '--to', 'carrier'], /Allowed choices are seller, buyer, operator/],
])('%j is refused with what is possible', async (args, told) => {
  const { stdout, stderr, exitCode } = await preview(...args);
  expect(stderr).toMatch(told);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});
