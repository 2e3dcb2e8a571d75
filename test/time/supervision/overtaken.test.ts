import { eventually } from '../../support/eventually';
import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import {
  accept,
  deliver,
  EMPOWERMENT,
  openAppeal,
  PROOF,
  refusalOf,
  reviewPass,
} from '../../support/supervised';

/** What one thing must not do to another that it overtakes. */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const CLOSE = { reason: 'Fraud', refund: { currency: 'CNY', minor: 0 } };
const resume = (line: PlacedLine) =>
  line.command('resolve-appeal', 'operator', { verdict: 'resume', reason: 'All is well' });

test('an order that is closed while its code is made is refunded at once', async () => {
  const line = await rig.placeLine({ delivery: 'license-code' });
  const held = rig.hold('issueLicense');
  await line.command('deliver', 'seller', {});
  await held.begun;
  await line.command('close', 'operator', { ...CLOSE, refund: { currency: 'CNY', minor: 990_000 } });
  try {
    const refunded = () =>
      Promise.resolve(rig.platform.refunds.some(({ orderId }) => orderId === line.orderId));
    await eventually(refunded, (is) => is, 10_000);
  } finally {
    held.goOn();
    expect(await line.ended()).toEqual({ status: 'CLOSED' });
  }
});

test('a delivery that was rejected takes its enabling time with it', async () => {
  const line = await rig.placeLine({ delivery: 'license-offline' });
  await deliver(line, '2026-01-01T00:00:00+08:00');
  await line.command('reject', 'buyer', { reason: 'It does not start' });
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  const { completion } = await rig.registered(line);
  expect(completion!.validFrom).toBe(completion!.completedAt);
});

test('a review does not pass while an appeal is open', async () => {
  const line = await rig.placeLine({ delivery: 'license-offline', ...EMPOWERMENT });
  await deliver(line);
  await openAppeal(line);
  const refused = await refusalOf(reviewPass(line));
  const { node } = await line.view();
  await resume(line);
  if (node === 'REVIEWING') await reviewPass(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect({ refused, node }).toEqual({ refused: 'APPEAL_OPEN', node: 'REVIEWING' });
});

test('a review by which a licence code is accepted does not end an open appeal', async () => {
  const line = await rig.placeLine({ delivery: 'license-code', ...EMPOWERMENT });
  await line.command('deliver', 'seller', {});
  await line.until('CLAIMING');
  await line.command('claim-license', 'buyer', {});
  await line.handle.executeUpdate('activate-license', {
    args: [{ by: { role: 'seller', sub: 'seller-1' } }],
  });
  await line.command('submit-proof', 'seller', { proof: PROOF });
  await openAppeal(line);
  const refused = await refusalOf(reviewPass(line));
  if (refused) {
    await resume(line);
    await reviewPass(line);
  }
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(refused).toBe('APPEAL_OPEN');
});

test('a notification that fails after the end announces no other one', async () => {
  const line = await rig.placeLine(
    { delivery: 'license-offline' },
    { script: ['hang'], activity: 'orderNotify' },
  );
  await eventually(
    () => Promise.resolve(rig.seller.calls),
    (calls) =>
      calls.some(({ body }) => body['orderId'] === line.orderId && body['activity'] === 'orderNotify'),
  );
  await deliver(line);
  const held = rig.hold('sendMail');
  await accept(line);
  await held.begun;
  const failed = async () =>
    (await line.view()).log.filter(({ note }) => note.includes('orderNotify call 1'));
  const [entry] = await eventually(failed, (entries) => entries.length > 0);
  held.goOn();
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(entry!.note).not.toContain('follows at');
});
