import { createCertificateAuthority, type CertificateAuthority } from '../../../sim/certificates';
import { startSeller, type SimulatedSeller } from '../../../sim/seller';
import { ACCESS_KEY, createRig, exceptionOf } from './rig';

const OLD = 'the-key-before-0123456789';
const AGAIN = '(repeated with the previous access key after 000001)';

let authority: CertificateAuthority;
let seller: SimulatedSeller;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});
afterEach(() => seller.close());

async function sellerWith(accessKey: string) {
  const certificate = await authority.issue({ hosts: ['localhost'] });
  seller = await startSeller({ accessKey, certificate });
}
const did = () => seller.calls.map((call) => call.did);

describe('after a change of the access key', () => {
  test('a seller that knows the new one is called once', async () => {
    await sellerWith(ACCESS_KEY);
    const { newInstance } = createRig({ url: seller.url, authority, previousAccessKey: OLD });
    expect(await newInstance()).toMatchObject({ opened: true });
    expect(did()).toEqual(['open']);
  });

  test('a seller that still knows the old one is called a second time with it, in the same row', async () => {
    await sellerWith(OLD);
    const { newInstance, rows } = createRig({ url: seller.url, authority, previousAccessKey: OLD });
    expect(await newInstance()).toMatchObject({ opened: true });
    expect(did()).toEqual(['000001', 'open']);
    const [first, second] = seller.calls.map((call) => call.body['businessId']);
    expect(second).not.toBe(first);
    expect(rows).toEqual([expect.objectContaining({ callId: first, resultCode: '000000', exception: null })]);
  });

  test('a seller that knows neither has failed, and the row says that both were tried', async () => {
    await sellerWith('quite-another-key-0123456789');
    const { newInstance, rows } = createRig({ url: seller.url, authority, previousAccessKey: OLD });
    const exception = await exceptionOf(newInstance());
    expect(exception).toMatchObject({ code: 'RESULT_CODE', resultCode: '000001', mayHaveTakenEffect: false });
    expect(exception.words).toMatch(/000001 authentication failed: .*/);
    expect(exception.words.endsWith(AGAIN)).toBe(true);
    expect(rows).toEqual([expect.objectContaining({ exception: exception.words })]);
    expect(did()).toEqual(['000001', '000001']);
  });

  test('the second try has only what is left of the time', async () => {
    await sellerWith(OLD);
    const { newInstance, rows } = createRig({ url: seller.url, authority, previousAccessKey: OLD });
    seller.script('CS2211181819B4LVS', ['hang']);
    expect(await exceptionOf(newInstance({ timeout: 400 }))).toEqual({
      code: 'TIMED_OUT',
      words: `The server did not answer completely in time ${AGAIN}`,
      mayHaveTakenEffect: true,
    });
    expect(rows[0]?.ms).toBeLessThan(750);
  });

  test('another failure than 000001 is not repeated', async () => {
    await sellerWith(ACCESS_KEY);
    const { newInstance } = createRig({ url: seller.url, authority, previousAccessKey: OLD });
    seller.script('CS2211181819B4LVS', ['000005']);
    expect(await exceptionOf(newInstance())).toMatchObject({ resultCode: '000005' });
    expect(did()).toEqual(['000005']);
  });
});

test('without a previous key 000001 is not repeated', async () => {
  await sellerWith(OLD);
  const { newInstance } = createRig({ url: seller.url, authority });
  const { words } = await exceptionOf(newInstance());
  expect(words).toContain('000001 authentication failed');
  expect(words).not.toContain('previous');
  expect(did()).toEqual(['000001']);
});
