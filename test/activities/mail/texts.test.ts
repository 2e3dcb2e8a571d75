import { composeMail, type MailContent } from '../../../activities/mail/compose';
import { exampleMail, RECIPIENTS } from '../../../activities/mail/example';
import { checkOrderLink, orderLink } from '../../../activities/mail/order-link';
import { TEXTS } from '../../../activities/mail/texts';
import { AUTO_ACCEPTANCE_STATES } from '../../../domain/auto-acceptance';
import { MAIL_KINDS, type MailRequest } from '../../../domain/mail';
import { NODE_NAMES, NODES } from '../../../domain/nodes';

/** What mails say: every kind, in both languages, to everyone who gets it. */

const LANGUAGES = ['zh', 'en'] as const;
const EVIL =
  '"><script>alert(1)</script>\r\nSubject: no\n<a href="https://evil.example">\u202elog in & win</a>';
const LINK = "https://market.example/orders/CS1?a=1&b='2'";

const compose = (request: MailRequest, language: 'zh' | 'en', product = 'CRM'): MailContent =>
  composeMail(request, { language, product, link: LINK });

/** All mails there are: a move in each node too, and each thing that is said of automatic acceptance. */
const ALL = [
  ...MAIL_KINDS.flatMap((kind) =>
    RECIPIENTS[kind].flatMap((to) =>
      kind === 'your-move' ? NODE_NAMES.map((node) => exampleMail(kind, to, node)) : [exampleMail(kind, to)],
    ),
  ),
  ...AUTO_ACCEPTANCE_STATES.map((acceptance) => ({ ...exampleMail('acceptance-reminder'), acceptance })),
];
function nameOf({ kind, node, to, acceptance }: MailRequest, language: string): string {
  return [kind, node, to, acceptance, language].filter(Boolean).join(' ');
}

const NAMED = LANGUAGES.flatMap((language) =>
  ALL.map((mail) => [nameOf(mail, language), mail, language] as const),
);

describe.each(NAMED)('%s', (_name, mail, language) => {
  const full = { ...mail, dueAt: Date.UTC(2026, 10, 23, 10), amount: { currency: 'CNY', minor: 990_050 } };
  const said = { ...full, quote: EVIL };
  const { subject, text, html } = compose(said, language, `CRM ${EVIL}`);

  test('names the order, its line, the product, the time and the money, and links to the order', () => {
    for (const part of [text, html]) {
      expect(part).toContain(mail.orderId);
      expect(part).toContain(mail.orderLineId);
      expect(part).toContain('CRM ');
      expect(part).toContain(NODES[mail.node][language]);
      expect(part).toContain('2026-11-23 18:00:00 (UTC+8)');
      expect(part).toContain('9900.50 CNY');
    }
    expect(text).toContain(LINK);
    expect(html).toContain(`<a href="https://market.example/orders/CS1?a=1&amp;b=&#39;2&#39;">`);
  });

  test('has no hole and no empty part, and a subject of one line', () => {
    for (const part of [subject, text, html, compose(mail, language).text, compose(mail, language).html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|<%|%>|\{\w+\}/);
    }
    expect(subject).toMatch(
      language === 'zh' ? /^订单 CS2611-EXAMPLE：.{2,60}$/ : /^Order CS2611-EXAMPLE: .{2,60}$/,
    );
    expect(text.split('\n\n').every((block) => block.trim().length > 2)).toBe(true);
    expect(html).not.toMatch(/<p>\s*<\/p>|<td>\s*<\/td>/);
  });

  test('gives the words of others only as a quote', () => {
    expect(subject).toBe(compose(mail, language).subject);
    expect(html).not.toMatch(/<script|evil.example">|\u202e/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(text).toContain(
      '\n> "><script>alert(1)</script>\n> Subject: no\n> <a href="https://evil.example">log in & win</a>\n',
    );
    expect(text).not.toMatch(/^(?!> |.*CRM).*(<script|evil)|\u202e/m);
  });
});

test('each kind and each node says something of its own', () => {
  for (const language of LANGUAGES) {
    const { kinds, moves, acceptance } = TEXTS[language];
    const subjects = Object.values(kinds).map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(MAIL_KINDS.length - 1);
    expect(new Set(Object.values(moves)).size).toBe(NODE_NAMES.length);
    expect(new Set(Object.values(acceptance)).size).toBe(AUTO_ACCEPTANCE_STATES.length);
  }
});

test('the last paragraph says whether the goods will be accepted automatically, and why not', () => {
  const move = exampleMail('your-move', 'buyer', 'ACCEPTING');
  for (const language of LANGUAGES) {
    const never = TEXTS[language].acceptance.PHONE_MISMATCH;
    const told = compose({ ...move, acceptance: 'PHONE_MISMATCH' }, language);
    expect([told.text.includes(never), told.html.includes(never.slice(0, 20))]).toEqual([true, true]);
    expect(compose(move, language).text).not.toContain(never);
  }
});

test('a Chinese mail is Chinese, an English one English', () => {
  for (const mail of ALL) {
    expect(compose(mail, 'en').text).not.toMatch(/\p{Script=Han}/u);
    expect(compose(mail, 'zh').text.match(/\p{Script=Han}/gu)?.length).toBeGreaterThan(30);
  }
});

test('a mail without words of others, limit or money says nothing of them', () => {
  const bare = { ...exampleMail('opened'), dueAt: null, amount: null, quote: null };
  const { text, html } = compose(bare, 'en');
  for (const part of [text, html]) expect(part).not.toMatch(/quoted|Time limit|Amount|<blockquote/);
});

test('a long quote is cut, so that the mail stays one that is read', () => {
  const long = compose({ ...exampleMail('closed'), quote: '😀'.repeat(5_000) }, 'en').text;
  expect(long).toContain(`> ${'😀'.repeat(1_000)} …\n`);
  expect(long).not.toContain('😀'.repeat(1_001));
  const lines = compose({ ...exampleMail('closed'), quote: 'a\n'.repeat(400) }, 'en').text;
  expect(lines.match(/^> a$/gm)).toHaveLength(20);
});

describe('the order link', () => {
  test('has the order id in it, as an URL takes it', () => {
    expect(orderLink('https://m.example/{orderId}?o={orderId}', 'a/b')).toBe(
      'https://m.example/a%2Fb?o=a%2Fb',
    );
    expect(() => checkOrderLink('http://127.0.0.1:8080/v1/orders/{orderId}')).not.toThrow();
  });

  test.each(['', 'https://m.example/orders', '/orders/{orderId}', 'javascript:alert({orderId})'])(
    '%j stops the start',
    (template) => {
      expect(() => checkOrderLink(template)).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringContaining('Setting STEWARD_ORDER_LINK: ') as string,
        }) as Error,
      );
    },
  );
});

test('whoever bought for a period learns with its completion until when it can be given back', () => {
  const open = composeMail(
    { ...exampleMail('completed', 'buyer', 'FIVE_DAYS'), dueAt: 0 },
    {
      language: 'en',
      product: 'CRM',
      link: LINK,
    },
  );
  expect(open.text).toContain('unsubscribe the order without reason');
  expect(open.html).toContain('unsubscribe the order without reason');
  expect(compose(exampleMail('completed', 'buyer'), 'en').text).not.toContain('without reason');
});
