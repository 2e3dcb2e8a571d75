import { inspect } from 'node:util';
import { createEgress } from '../../../activities/production';
import type { SellerCallLog } from '../../../activities/production/ports';
import { StewardError } from '../../../domain/errors';
import { createCertificateAuthority, type CertificateAuthority } from '../../../sim/certificates';
import { startSeller, type SimulatedSeller } from '../../../sim/seller';
import { ACCESS_KEY, createRig, exceptionOf, failureOf, INPUT } from './rig';

let authority: CertificateAuthority;
let seller: SimulatedSeller;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});
beforeEach(async () => {
  const certificate = await authority.issue({ hosts: ['localhost'] });
  seller = await startSeller({ accessKey: ACCESS_KEY, certificate });
});
afterEach(() => seller.close());

/** As the database library fails: statement and values in front, the reason behind. */
const broken = () =>
  Promise.reject(new Error('insert … values secret-value', { cause: new Error('disk full') }));
const internal = { type: 'INTERNAL', nonRetryable: false, details: [{ mayHaveTakenEffect: false }] };
const done = () => Promise.resolve();
const quiet: SellerCallLog = { begin: done, finish: done };

describe('when Steward itself fails', () => {
  test('in looking up the seller, nothing is called or recorded', async () => {
    const rig = createRig({ url: seller.url, authority, deps: { directory: { find: broken } } });
    expect(await failureOf(rig.newInstance())).toMatchObject(internal);
    expect(rig.rows).toEqual([]);
    expect(seller.calls).toEqual([]);
    expect(rig.logs).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        meta: expect.objectContaining({ reason: 'Error: disk full' }) as unknown,
      }),
    );
  });

  test('for want of a key, the failure says which one', async () => {
    const unknown = new StewardError('KEY_UNKNOWN', { setting: 'STEWARD_MASTER_KEYS', keyId: 'old' });
    const find = () => Promise.reject(unknown);
    const rig = createRig({ url: seller.url, authority, deps: { directory: { find } } });
    expect(await failureOf(rig.newInstance())).toMatchObject({
      ...internal,
      message: expect.stringMatching(/KEY_UNKNOWN: .*STEWARD_MASTER_KEYS has no key old/) as string,
    });
    expect(seller.calls).toEqual([]);
  });

  test('in beginning the row, nothing is called', async () => {
    const rig = createRig({ url: seller.url, authority, deps: { calls: { ...quiet, begin: broken } } });
    expect(await failureOf(rig.newInstance())).toMatchObject(internal);
    expect(seller.calls).toEqual([]);
  });

  test("in storing the buyer's access, the seller's answer is recorded and the query is to be repeated", async () => {
    const rig = createRig({ url: seller.url, authority, deps: { appInfo: { save: broken } } });
    const { instanceId } = await rig.newInstance();
    expect(await failureOf(rig.queryInstance(instanceId))).toMatchObject(internal);
    expect(rig.rows[1]).toMatchObject({ activity: 'queryInstance', resultCode: '000000', exception: null });
  });

  test.each([1, 2])('%i times in finishing the row, it is tried again', async (times) => {
    const finish = jest.fn(done);
    for (let n = 0; n < times; n += 1) finish.mockImplementationOnce(broken);
    const rig = createRig({ url: seller.url, authority, deps: { calls: { ...quiet, finish } } });
    expect(await rig.newInstance()).toMatchObject({ opened: true });
    expect(finish).toHaveBeenCalledTimes(times + 1);
    expect(rig.logs).toEqual([]);
  });

  test("always in finishing the row, the seller's answer still counts and the log tells", async () => {
    const rig = createRig({ url: seller.url, authority, deps: { calls: { ...quiet, finish: broken } } });
    expect(await rig.newInstance()).toMatchObject({ opened: true });
    seller.script(INPUT.orderId, ['000106']);
    expect(await exceptionOf(rig.newInstance())).toMatchObject({ resultCode: '000106' });
    expect(rig.logs.filter(({ level }) => level === 'ERROR')).toHaveLength(2);
  });

  test('no log entry or failure holds values of a statement', async () => {
    const rig = createRig({ url: seller.url, authority, deps: { directory: { find: broken } } });
    const failure = await failureOf(rig.newInstance());
    expect(inspect([rig.logs, failure], { depth: null })).not.toContain('secret-value');
  });
});

describe('when the worker that had a call in hand was lost, the repeated one leaves it open what the seller did', () => {
  const mayHaveTakenEffect = true;

  test('if it fails on our own side', async () => {
    const rig = createRig({
      ...{ url: seller.url, authority, temporalAttempt: 2 },
      deps: { directory: { find: broken } },
    });
    expect((await failureOf(rig.newInstance())).details).toEqual([{ mayHaveTakenEffect }]);
  });

  test('if the seller says no to it', async () => {
    const rig = createRig({ url: seller.url, authority, temporalAttempt: 2 });
    seller.script(INPUT.orderId, ['000005']);
    seller.script(INPUT.orderId, ['000005'], 'orderNotify');
    expect(await exceptionOf(rig.newInstance())).toMatchObject({ resultCode: '000005', mayHaveTakenEffect });
    expect(await exceptionOf(rig.orderNotify())).toMatchObject({ mayHaveTakenEffect: false });
  });
});

test('a product that was taken away fails the call and is named in its row', async () => {
  const find = () =>
    Promise.reject(new StewardError('PRODUCT_NOT_READY', { sellerId: 's', productId: 'p', reason: 'gone' }));
  const rig = createRig({ url: seller.url, authority, deps: { directory: { find } } });
  const { code, words, mayHaveTakenEffect } = await exceptionOf(rig.newInstance());
  expect({ code, mayHaveTakenEffect }).toEqual({ code: 'PRODUCT_NOT_READY', mayHaveTakenEffect: false });
  expect(rig.rows).toEqual([expect.objectContaining({ exception: words, httpStatus: null })]);
});

test('a cancelled activity stops its call and leaves the row as it is', async () => {
  const rig = createRig({ url: seller.url, authority });
  seller.script(INPUT.orderId, ['hang']);
  seller.events.once('call', rig.cancel);
  expect(await failureOf(rig.newInstance({ timeout: 60_000 }))).toMatchObject({ name: 'CancelledFailure' });
  expect(rig.rows).toEqual([expect.not.objectContaining({ ms: expect.anything() as unknown })]);
});

test("a seller's failure is no warning in the worker's log", async () => {
  const rig = createRig({ url: seller.url, authority });
  seller.script(INPUT.orderId, ['000005']);
  await exceptionOf(rig.newInstance());
  expect(rig.logs).toEqual([]);
});

describe('the settings of the way out are refused when', () => {
  test.each([
    'localhost',
    'localhost:',
    'localhost:0',
    'localhost:70000',
    'Localhost:443',
    '127.0.0.1:443',
    '[::1]:443',
    'https://a.example:443',
    '',
  ])('STEWARD_EGRESS_ALLOW has the entry %j', (entry) => {
    expect(() => createEgress({ allow: ['seller.example:8443', entry] })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining('STEWARD_EGRESS_ALLOW') as unknown,
      }) as Error,
    );
  });

  test.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'STEWARD_EGRESS_CA is %j',
    (ca) => {
      expect(() => createEgress({ ca })).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringContaining('STEWARD_EGRESS_CA') as unknown,
        }) as Error,
      );
    },
  );
});
