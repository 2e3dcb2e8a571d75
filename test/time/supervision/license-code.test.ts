import { activateLicenseUpdate } from '../../../workflows/messages';
import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import {
  EMPOWERMENT,
  openAppeal,
  PROOF,
  refusalOf,
  requestUnsubscription,
  reviewPass,
} from '../../support/supervised';

/** Licences by authorisation code (domain.md 2.4). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const place = (about = {}) => rig.placeLine({ delivery: 'license-code', ...about });
const claim = (line: PlacedLine) => line.command('claim-license', 'buyer', {});
const activate = (line: PlacedLine, sub = 'seller-1') =>
  line.handle.executeUpdate(activateLicenseUpdate, { args: [{ by: { role: 'seller', sub } }] });
const submitProof = (line: PlacedLine) => line.command('submit-proof', 'seller', { proof: PROOF });

async function toClaim(line: PlacedLine): Promise<void> {
  await line.command('deliver', 'seller', {});
  await line.until('CLAIMING');
}

test('goes from the code over claim and activation to the acceptance by the system', async () => {
  const line = await place();
  await toClaim(line);
  expect(await line.view()).toMatchObject({ waitingFor: 'buyer', license: { claimedAt: null } });
  await claim(line);
  expect(await line.view()).toMatchObject({ node: 'ACTIVATING', waitingFor: 'seller' });
  const { activatedAt } = await activate(line);
  expect(await line.view()).toMatchObject({
    node: 'PROVING',
    waitingFor: 'seller',
    license: { activatedAt },
  });
  await submitProof(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect((await rig.registered(line)).completion).toMatchObject({ validFrom: activatedAt });
});

test('in the empowerment scene the proof is reviewed before', async () => {
  const line = await place(EMPOWERMENT);
  await toClaim(line);
  await claim(line);
  await activate(line);
  await submitProof(line);
  expect(await line.view()).toMatchObject({ node: 'REVIEWING', waitingFor: 'operator' });
  await line.command('review-reject', 'operator', { reason: 'Not signed' });
  expect(await line.view()).toMatchObject({ node: 'PROVING' });
  await submitProof(line);
  await reviewPass(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('the activation comes once, after the claim, by the seller of the line, and not during an appeal', async () => {
  const line = await place();
  expect(await refusalOf(activate(line))).toBe('92020004');
  await toClaim(line);
  expect(await refusalOf(activate(line))).toBe('92020004');
  await claim(line);
  expect(await refusalOf(activate(line, 'seller-2'))).toBe('NOT_FOUND');
  await openAppeal(line);
  expect(await refusalOf(activate(line))).toBe('APPEAL_OPEN');
  await line.command('resolve-appeal', 'operator', { verdict: 'resume', reason: 'All is well' });
  await activate(line);
  expect(await refusalOf(activate(line))).toBe('ALREADY_ACTIVATED');
  await submitProof(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('an activation that is no request at all is refused as every command is', async () => {
  const line = await place();
  await toClaim(line);
  for (const request of [undefined, null, 7, {}, { by: null }, { by: { role: 'seller' } }]) {
    const activation = line.handle.executeUpdate('activate-license', { args: [request] });
    expect(await refusalOf(activation)).toBe('INVALID_REQUEST');
  }
  await claim(line);
  await activate(line);
  await submitProof(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('from the claim on no unsubscription can be requested; before it a pending one holds the claim up', async () => {
  const line = await place();
  await toClaim(line);
  await requestUnsubscription(line);
  expect(await refusalOf(claim(line))).toBe('UNSUBSCRIPTION_PENDING');
  await line.command('withdraw-unsubscription', 'buyer', {});
  await claim(line);
  expect(await refusalOf(requestUnsubscription(line))).toBe('LICENSE_CLAIMED');
  expect(await refusalOf(claim(line))).toBe('NOT_ALLOWED_NOW');
  // An operator's verdict still can refund it.
  await openAppeal(line);
  await line.command('resolve-appeal', 'operator', {
    ...{ verdict: 'refund', reason: 'It does not work' },
    amount: { currency: 'CNY', minor: 990_000 },
  });
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

test('an appeal while the code is made holds up what follows, and nothing is lost', async () => {
  const held = rig.hold('issueLicense');
  const line = await place();
  await line.command('deliver', 'seller', {});
  await held.begun;
  await openAppeal(line);
  held.goOn();
  expect(await line.view()).toMatchObject({ node: 'ISSUING_CODE', waitingFor: 'operator' });
  await line.command('resolve-appeal', 'operator', { verdict: 'resume', reason: 'All is well' });
  await line.until('CLAIMING');
  await claim(line);
  await activate(line);
  await submitProof(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});
