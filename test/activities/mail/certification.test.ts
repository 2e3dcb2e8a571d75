import { composeCertificationMail } from '../../../activities/mail/certification';
import { CERTIFICATION_NODES } from '../../../domain/certification/certification';
import { CERTIFICATION_MAIL_KINDS, type CertificationMail } from '../../../domain/certification/mail';

/** What mails about certifications say: every kind, in both languages. */

const EVIL = '"><script>alert(1)</script>\r\nSubject: no\n<a href="https://evil.example">log in</a>';

const mail = (change: Partial<CertificationMail>): CertificationMail => ({
  ...{ id: 'certification/seller-1/intl-M1', kind: 'certification-rejected', to: 'seller' },
  ...{ sellerId: 'seller-1', site: 'intl', node: 'REJECTED', locked: false },
  ...{ dueAt: Date.UTC(2026, 10, 23, 16), quote: EVIL },
  ...change,
});

const NAMED = (['zh', 'en'] as const).flatMap((language) =>
  CERTIFICATION_MAIL_KINDS.map((kind) => [kind, language] as const),
);

test.each(NAMED)(
  '%s in %s names seller, site, state and time, quotes as text, and has no hole',
  (kind, language) => {
    const { subject, text, html } = composeCertificationMail(mail({ kind }), language);
    expect(subject).toMatch(
      language === 'zh' ? /^商业信息认证 seller-1：.{2,40}$/ : /^Certification of seller-1: .{2,40}$/,
    );
    for (const part of [text, html]) {
      expect(part).toContain('seller-1');
      expect(part).toContain(language === 'zh' ? '国际站' : 'International');
      expect(part).toContain(CERTIFICATION_NODES.REJECTED[language]);
      expect(part).toContain('2026-11-24 00:00:00 (UTC+8)');
      expect(part).not.toMatch(/undefined|null|NaN|\[object|<%|%>|\{\w+\}/);
    }
    expect(html).not.toMatch(/<script|<a /);
    expect(text).not.toMatch(/^Subject:/m);
  },
);

test('a seller who was rejected once too often is told whom to write to', () => {
  expect(composeCertificationMail(mail({ locked: true }), 'en').text).toContain('three times in a row');
  expect(composeCertificationMail(mail({ locked: true }), 'zh').text).toContain('连续三次被驳回');
  expect(composeCertificationMail(mail({}), 'zh').text).not.toContain('连续三次');
});

test('without a reason and a time it speaks of none', () => {
  const { text } = composeCertificationMail(mail({ quote: null, dueAt: null }), 'en');
  expect(text).not.toMatch(/>|Review due/);
});
