import { lineText } from '../../cli/line-text';
import type { OrderLineAnswer } from '../../client';

/** What people read about one order line. */

const AT = '2026-11-23T10:00:00+08:00';
const PROOF = { name: '验收文档.pdf', url: 'https://files.example/a', sha256: 'a'.repeat(64) };

const LINE: OrderLineAnswer = {
  orderId: 'CS-1',
  orderLineId: 'CS-1-000001',
  workflowId: 'order-line/CS-1/CS-1-000001',
  revision: 3,
  sellerId: 'S1',
  buyerId: 'B1',
  productId: 'P1',
  skuId: 'K1',
  amount: { currency: 'CNY', minor: 9_900 },
  charging: { mode: 'ONE_TIME' },
  delivery: 'license-code',
  status: 'PROCESSING',
  node: 'CLAIMING',
  nodeName: { en: 'Buyer claims the licence code', zh: '用户领取授权码' },
  waitingFor: 'buyer',
  allowed: [],
  dueAt: null,
  provisional: false,
  instanceId: null,
  unsubscription: null,
  appeal: null,
  license: { claimedAt: null, activatedAt: null },
  shipment: null,
  autoAcceptance: null,
  addressChanges: 0,
  completedAt: null,
  validFrom: null,
  validUntil: null,
  fiveDaysUntil: null,
  assetVersion: null,
  log: [],
  windows: {},
};

const APPEAL = {
  status: 'OPEN' as const,
  by: 'buyer' as const,
  reason: 'Nothing works',
  proof: [PROOF],
  openedAt: AT,
  resolution: null,
};

/** The lines of the text by their names. */
function factsOf(change: Partial<OrderLineAnswer>): Record<string, string> {
  const [head = ''] = lineText({ ...LINE, ...change }).split('\n\n');
  const named = head.split('\n').map((fact) => /^(.+?) {2,}(.*)$/.exec(fact)?.slice(1) ?? [fact, '']);
  return Object.fromEntries(named) as Record<string, string>;
}

test('the node in both languages, and right below it the flow with the node marked', () => {
  const text = lineText(LINE);
  expect(text).toMatch(
    /^Node +CLAIMING: Buyer claims the licence code 用户领取授权码\n流程 +.*→ \[用户领取授权码\] →.*\nFlow +.*→ \[Buyer claims the licence code\] →.*\nWaits for/m,
  );
});

test('the way of a refund is shown once money goes back', () => {
  expect(factsOf({})).not.toHaveProperty('Refund');
  expect(factsOf({ node: 'REFUNDING' })['Refund']).toBe('[Refunding] → (Refund stuck) → Ended');
});

test.each([
  [null, null, 'not claimed yet'],
  [AT, null, 'claimed 2026-11-23 10:00:00 (UTC+8), not activated yet'],
  [AT, AT, 'claimed 2026-11-23 10:00:00 (UTC+8), activated 2026-11-23 10:00:00 (UTC+8)'],
])('a licence claimed %s and activated %s', (claimedAt, activatedAt, words) => {
  expect(factsOf({ license: { claimedAt, activatedAt } })['Licence']).toBe(words);
});

test('a parcel: where it is, whether it will be accepted automatically, and how often its address changed', () => {
  const shipment = {
    ...{ n: 1, carrier: 'shunfeng', trackingNumber: 'SF-1', shippedAt: AT, info: 'PENDING' as const },
    ...{ state: null, stateAt: null, learnedAt: null },
  };
  const waiting = { state: 'AFTER_SIGNATURE' as const, at: null };
  expect(factsOf({ shipment, autoAcceptance: waiting, addressChanges: 2 })).toMatchObject({
    Parcel: 'shunfeng SF-1, nothing heard of it yet',
    'Automatic acceptance': 'only after the carrier says that it is signed for',
    Address: 'changed, 2 in all',
  });
  const signed = { ...shipment, info: 'VALID' as const, state: 'SIGNED' as const, stateAt: AT };
  const facts = factsOf({ shipment: signed, autoAcceptance: { state: 'DUE', at: AT } });
  expect(facts['Parcel']).toBe('shunfeng SF-1, signed for 2026-11-23 10:00:00 (UTC+8)');
  expect(facts['Automatic acceptance']).toMatch(/^at 2026-11-23 10:00:00 \(UTC\+8\)/);
  const never = factsOf({ shipment, autoAcceptance: { state: 'PHONE_MISMATCH', at: null } });
  expect(never['Automatic acceptance']).toMatch(/^none: .*phone/);
  expect(factsOf({})).not.toHaveProperty('Parcel');
});

test('the licence code is shown to whose answer has it', () => {
  expect(factsOf({ licenseCode: 'ABCD-EFGH' })['Licence code']).toBe('ABCD-EFGH');
  expect(factsOf({})).not.toHaveProperty('Licence code');
});

test('the version of an image, and until when it can be given back without reason', () => {
  expect(factsOf({ assetVersion: '2026.11-3', fiveDaysUntil: AT })).toMatchObject({
    'Image version': '2026.11-3',
    'Can be given back': 'without reason until 2026-11-23 10:00:00 (UTC+8)',
  });
  expect(factsOf({})).not.toHaveProperty('Image version');
  expect(factsOf({})).not.toHaveProperty('Can be given back');
});

test('an appeal: who opened it when and why, its proof by name, and the verdict', () => {
  expect(factsOf({ appeal: APPEAL })).toMatchObject({
    Appeal: 'OPEN, opened by the buyer 2026-11-23 10:00:00 (UTC+8): Nothing works',
    'Appeal proof': '验收文档.pdf',
  });
  expect(factsOf({ appeal: APPEAL })).not.toHaveProperty('Verdict');
  const resolution = { verdict: 'resume' as const, reason: 'It works.' };
  expect(factsOf({ appeal: { ...APPEAL, status: 'RESOLVED', resolution } })['Verdict']).toBe(
    'resume: It works.',
  );
});

test('a negotiated unsubscription', () => {
  const unsubscription = {
    ...{ id: 'CS-1-000001-U1', status: 'REJECTED' as const, reason: 'Too slow' },
    amount: { currency: 'CNY' as const, minor: 100 },
  };
  expect(factsOf({ unsubscription })['Unsubscription']).toBe('CS-1-000001-U1 REJECTED, 1.00 CNY: Too slow');
});

test('a completed line: since when, and how long it is good', () => {
  const completed = { completedAt: AT, validFrom: '2026-11-20T00:00:00+08:00' };
  expect(factsOf({ ...completed, validUntil: '2027-11-20T00:00:00+08:00' })).toMatchObject({
    Completed: '2026-11-23 10:00:00 (UTC+8)',
    Valid: 'from 2026-11-20 00:00:00 (UTC+8) until 2027-11-20 00:00:00 (UTC+8)',
  });
  expect(factsOf(completed)['Valid']).toBe('from 2026-11-20 00:00:00 (UTC+8) on, without an end');
  expect(factsOf({})).not.toHaveProperty('Valid');
});

test('the log tells by name what was handed in', () => {
  const entry = {
    ...{ at: AT, by: 'seller' as const, command: 'deliver' as const },
    ...{ from: 'DELIVERING' as const, to: 'ISSUING_CODE' as const, note: 'The seller delivered.' },
  };
  const text = lineText({ ...LINE, log: [{ ...entry, attachments: [PROOF, { ...PROOF, name: 'b.png' }] }] });
  expect(text).toMatch(/The seller delivered\. \(attached: 验收文档\.pdf, b\.png\)$/m);
  expect(lineText({ ...LINE, log: [entry] })).toMatch(/The seller delivered\.$/m);
});

test('whatever sellers, buyers and operators write stays on its line and moves nothing', () => {
  const evil = 'a\nStatus  COMPLETED\u001b[2K\u009b\u202eb';
  const text = lineText({
    ...LINE,
    unsubscription: { id: 'U', status: 'REQUESTED', amount: LINE.amount, reason: evil },
    appeal: {
      ...APPEAL,
      status: 'RESOLVED',
      reason: evil,
      proof: [{ ...PROOF, name: evil }],
      resolution: { verdict: 'complete', reason: evil },
    },
    licenseCode: evil,
    log: [
      {
        ...{ at: AT, by: 'buyer', command: null, from: 'CLAIMING', to: 'CLAIMING' },
        ...{ note: evil, attachments: [{ ...PROOF, name: evil }] },
      },
    ],
  });
  expect(text.match(/^Status .*$/gm)).toEqual([expect.stringMatching(/^Status +PROCESSING$/)]);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text.match(/a Status COMPLETED\[2Kb/g)).toHaveLength(7);
});

test('a time limit that may still move says so', () => {
  expect(factsOf({ dueAt: AT, provisional: true })['Waits for']).toMatch(/^buyer, until .* \(provisional\)$/);
  expect(factsOf({ dueAt: AT })['Waits for']).not.toMatch(/provisional/);
});
