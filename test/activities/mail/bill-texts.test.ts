import { composeBillMail } from '../../../activities/mail/compose-bill';
import { BILL_FLOWS } from '../../../domain/billing/flows';
import { BILL_MAIL_KINDS, type BillMail } from '../../../domain/billing/mail';
import { BILL_NODES, type BillNode } from '../../../domain/billing/nodes';

/** What mails about bills say: every kind, in both languages. */

const EVIL = '"><script>alert(1)</script>\r\nSubject: no';
const NODES = Object.entries(BILL_FLOWS.joint).flatMap(([node, { waitingFor }]) =>
  waitingFor === 'nobody' ? [] : [node as BillNode],
);

const mail = (kind: BillMail['kind'], node: BillNode = 'INVOICE_VALIDATING'): BillMail => ({
  ...{ id: 'bill/B/M1', kind, to: 'operator', billId: 'S1/202610/china/joint/CNY', sellerId: 'S1', node },
  payable: { currency: 'CNY', minor: 9_750 },
  dueAt: Date.parse('2026-10-10T00:00:00+08:00'),
  invoice: { number: 'INV-1', courierNumber: 'SF-1', paymentRequestNumber: 'PR-1' },
  quote: EVIL,
});

const ALL = BILL_MAIL_KINDS.flatMap((kind) =>
  (['zh', 'en'] as const).map((language) => [kind, language] as const),
);

test.each(ALL)(
  '%s in %s names the bill, its money, time and papers, and escapes what others wrote',
  (kind, language) => {
    const { subject, text, html } = composeBillMail(mail(kind), language);
    const facts = [
      'S1/202610/china/joint/CNY',
      '97.50 CNY',
      '2026-10-10 00:00:00 (UTC+8)',
      'INV-1',
      'SF-1',
      'PR-1',
    ];
    for (const part of [text, html]) {
      for (const fact of [...facts, BILL_NODES.INVOICE_VALIDATING[language]]) expect(part).toContain(fact);
      expect(part).not.toMatch(/undefined|null|NaN|\[object|<%|%>|\{\w+\}/);
    }
    expect(html).not.toContain('<script>');
    expect(subject).not.toMatch(/[\r\n]/);
  },
);

test.each(NODES)('whoever has to move in %s is told what to do, in both languages', (node) => {
  for (const language of ['zh', 'en'] as const) {
    const asked = composeBillMail(mail('bill-your-move', node), language).text;
    const told = composeBillMail(mail('bill-paid', node), language).text;
    expect(asked.split('\n\n').length).toBeGreaterThan(told.split('\n\n').length);
  }
});
