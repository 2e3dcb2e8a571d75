import { inspect } from 'node:util';
import { ApplicationFailureCategory } from '@temporalio/common';
import { startCarrier, type SimulatedCarrier, type Step } from '../../../sim/carrier';
import { createCertificateAuthority, type CertificateAuthority } from '../../../sim/certificates';
import { failureOf } from '../production/rig';
import { createRig, INPUT, PHONE } from './rig';

/** `trackParcel` against a Kuaidi100 over real HTTPS, which proves the signature with code of its own. */

const ACCOUNT = { customer: 'CUSTOMER-1', key: 'key-1' };
const SIGNED_AT = '2026-11-23T18:00:00+08:00';
const { BENIGN } = ApplicationFailureCategory;
let authority: CertificateAuthority;
let carrier: SimulatedCarrier;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});
beforeEach(async () => {
  const certificate = await authority.issue({ hosts: ['localhost'] });
  carrier = await startCarrier({ ...ACCOUNT, certificate });
});
afterEach(() => carrier.close());

const rig = (access: object = {}) => createRig(authority, { ...carrier, ...access });
const says = (...steps: [Step, ...Step[]]) => carrier.script(INPUT.trackingNumber, steps);

test.each([
  ['in-transit', 'IN_TRANSIT'],
  ['signed', 'SIGNED'],
  ['returned', 'RETURNED'],
] as const)(
  'a parcel that is %s is told with the time of the carrier, which is China’s',
  async (step, state) => {
    says(`${step}:${SIGNED_AT}`);
    expect(await rig().track()).toEqual({ info: 'VALID', state, at: Date.parse(SIGNED_AT) });
  },
);

test('what is known is no news; what is another state is', async () => {
  says('in-transit', 'in-transit', `signed:${SIGNED_AT}`, `signed:${SIGNED_AT}`, `returned:${SIGNED_AT}`);
  const { track } = rig();
  expect(await track()).toMatchObject({ state: 'IN_TRANSIT' });
  const same = { type: 'NO_PARCEL_NEWS', nonRetryable: false, category: BENIGN };
  expect(await failureOf(track({ known: 'IN_TRANSIT' }))).toMatchObject(same);
  expect(await track({ known: 'IN_TRANSIT' })).toMatchObject({ state: 'SIGNED' });
  expect(await failureOf(track({ known: 'SIGNED' }))).toMatchObject(same);
  expect(await track({ known: 'SIGNED' })).toMatchObject({ state: 'RETURNED' });
});

test('the phone is the recipient’s of that address, as one dials it', async () => {
  carrier.script(INPUT.trackingNumber, [`signed:${SIGNED_AT}`], '13787654321');
  const { track } = rig();
  expect(await track()).toMatchObject({ info: 'VALID' });
  expect(await track({ addressId: 'moved' })).toEqual({ info: 'PHONE_MISMATCH' });
  carrier.script(INPUT.trackingNumber, [`signed:${SIGNED_AT}`], '01012345678');
  expect(await track()).toEqual({ info: 'PHONE_MISMATCH' });
  expect(await track({ addressId: 'moved' })).toMatchObject({ info: 'VALID' });
});

test('a carrier that Kuaidi100 does not have is unknown; of one that it surely has, our account may not ask', async () => {
  says('no-such-carrier');
  const { track } = rig();
  expect(await track({ carrier: 'pigeons' })).toEqual({ info: 'CARRIER_UNKNOWN' });
  expect(await failureOf(track({ carrier: 'shunfeng' }))).toMatchObject({ type: 'LOGISTICS_REFUSED' });
});

test.each<[Step, RegExp]>([
  ['unknown', /does not know it yet/],
  ['501', /out of order \(501\)/],
  ['502', /out of order \(502\)/],
  ['http-500', /HTTP error \(HTTP 500\)/],
  ['hang', /did not answer completely in time/],
  ['drip', /did not answer completely in time/],
  ['reset', /connection broke/],
  ['html', /not JSON/],
  ['other-parcel', /about another parcel/],
])('%s is no news, benign, and asked again', async (step, words) => {
  says(step);
  expect(await failureOf(rig().track())).toMatchObject({
    type: 'NO_PARCEL_NEWS',
    nonRetryable: false,
    category: BENIGN,
    message: expect.stringMatching(words) as string,
  });
});

test('a Kuaidi100 that is down is no news until it is up again', async () => {
  const { url } = carrier;
  await carrier.close();
  const { track } = rig();
  expect(await failureOf(track())).toMatchObject({ type: 'NO_PARCEL_NEWS', category: BENIGN });
  const certificate = await authority.issue({ hosts: ['localhost'] });
  carrier = await startCarrier({ ...ACCOUNT, certificate, port: Number(new URL(url).port) });
  says(`signed:${SIGNED_AT}`);
  expect(await track()).toMatchObject({ state: 'SIGNED' });
});

test.each([
  ['key', { key: 'another' }, '503', /signature is wrong.*KUAIDI100_KEY/],
  ['customer', { customer: 'ANOTHER' }, '400', /not authorised.*KUAIDI100_CUSTOMER/],
] as const)('a wrong %s is an operator’s business, and asked again', async (_what, access, code, words) => {
  says('signed');
  const failure = await failureOf(rig(access).track());
  expect(failure).toMatchObject({ type: 'LOGISTICS_REFUSED', nonRetryable: false });
  expect(failure.category).not.toBe(BENIGN);
  expect(failure.message).toMatch(words);
  expect(failure.message).toContain(`(${code})`);
  expect(carrier.questions.map(({ did }) => did)).toEqual([code]);
});

test.each<Step>(['601', '777'])('return code %s is an operator’s business', async (step) => {
  says(step);
  const failure = await failureOf(rig().track());
  expect(failure).toMatchObject({ type: 'LOGISTICS_REFUSED', nonRetryable: false });
  expect(failure.category).not.toBe(BENIGN);
});

test.each([
  ['KUAIDI100_CUSTOMER', { customer: undefined }],
  ['KUAIDI100_KEY', { key: '' }],
] as const)('without %s nothing is asked, and the failure names it', async (setting, access) => {
  const failure = await failureOf(rig(access).track());
  expect(failure).toMatchObject({
    type: 'CONFIG_INVALID',
    nonRetryable: false,
    message: expect.stringContaining(setting) as string,
  });
  expect(carrier.questions).toEqual([]);
});

test('an address that the line never had is our own trouble', async () => {
  says('signed');
  const failure = await failureOf(rig().track({ addressId: 'unknown' }));
  expect(failure).toMatchObject({ type: 'INTERNAL', nonRetryable: false });
  expect(carrier.questions).toEqual([]);
});

test('a certificate that nobody trusts ends the question before it is asked', async () => {
  says('signed');
  const { track } = createRig(await createCertificateAuthority(), carrier);
  expect(await failureOf(track())).toMatchObject({
    type: 'NO_PARCEL_NEWS',
    message: expect.stringContaining('trusted') as string,
  });
  expect(carrier.questions).toEqual([]);
});

test('an activity that is cancelled asks no longer', async () => {
  says('hang');
  const { track, cancel } = createRig(authority, carrier, { carrierTimeout: 600_000 });
  const asked = new Promise((resolve) => carrier.seen.once('question', resolve));
  const failed = failureOf(track());
  await asked;
  cancel();
  expect((await failed).name).toBe('CancelledFailure');
});

test('the phone, the account and the recipient are in no failure and no log', async () => {
  const { track, logs } = rig();
  const failures: unknown[] = [];
  for (const step of ['unknown', 'html', 'http-500', '601', 'reset', 'other-parcel'] as const) {
    says(step);
    failures.push(await failureOf(track()));
  }
  failures.push(await failureOf(track({ addressId: 'unknown' })));
  const everything = inspect([failures, logs], { depth: null });
  expect(everything).toContain(INPUT.trackingNumber);
  for (const secret of [PHONE, '13787654321', '4321', '李小红', ACCOUNT.key, ACCOUNT.customer]) {
    expect(everything).not.toContain(secret);
  }
});
