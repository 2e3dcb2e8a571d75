import { BILL_MAIL_KINDS } from '../../domain/billing/mail';
import { CERTIFICATION_MAIL_KINDS } from '../../domain/certification/mail';
import { MAIL_KINDS } from '../../domain/mail';
import { steward } from './steward';

/** `steward mail preview`: the mails with example data. */

const ALL = [...MAIL_KINDS, ...BILL_MAIL_KINDS, ...CERTIFICATION_MAIL_KINDS];

const preview = (...args: string[]) => steward(['mail', 'preview', ...args]);

test('without a kind it lists all of them, with who gets them', async () => {
  const { stdout, stderr, exitCode } = await preview();
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head).toMatch(/^KIND +TO +SUBJECT$/);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(ALL);
  expect(stdout).toMatch(/^refund-stuck +operator +Order CS2611-EXAMPLE: the refund is stuck$/m);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test.each(ALL)('%s has a text and an HTML part in both languages', async (kind) => {
  const { stdout: en } = await preview(kind);
  const { stdout: zh } = await preview(kind, '--language', 'zh');
  expect(en).toMatch(
    /^To: (seller|buyer|operator)\nSubject: (Order CS2611-EXAMPLE|Bill seller-1\S+|Certification of seller-1): \S.*\n\nHello,\n\n/,
  );
  expect(zh).toMatch(
    /\nSubject: (订单 CS2611-EXAMPLE|账单 seller-1\S+|商业信息认证 seller-1)：\S.*\n\n您好：\n\n/,
  );
  expect(en + zh).not.toMatch(/undefined|null|NaN/);
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

test('a bill and a certification have recipients and nodes of their own', async () => {
  expect((await preview('bill-your-move')).stdout).toMatch(/^To: seller\n[^]*submit-invoice/);
  expect((await preview('bill-your-move', '--to', 'operator', '--node', 'PAYING')).stdout).toMatch(
    /^To: operator\n[^]*record-payment[^]*Stage: Being paid$/m,
  );
  expect((await preview('bill-settled')).stdout).toMatch(/^Payable: 0\.00 CNY$/m);
  expect((await preview('certification-rejected', '--node', 'UNDER_REVIEW')).stdout).toMatch(
    /^State: Under review$/m,
  );
});

test.each([
  [['bill-paid', '--to', 'operator'], 'bill-paid goes to seller, and not to operator'],
  [['opened', '--to', 'seller'], 'opened goes to buyer, and not to seller'],
  [['bill-paid', '--node', 'ACCEPTING'], /bill-paid is about one of GENERATED, .*, and not ACCEPTING/],
  [['opened', '--node', 'PAYING'], /opened is about one of SUBMITTING_REQUIREMENT, .*, and not PAYING/],
])('%j is refused, as there is no such mail', async (args, told) => {
  const { stdout, stderr, exitCode } = await preview(...args);
  expect(stderr).toMatch(told);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
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
