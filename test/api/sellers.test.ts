import { sellerDirectory } from '../../db/seller-directory';
import { testKeys } from '../support/database';
import { expectProblem, PRODUCT, SELLER, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let platform: Caller;
beforeAll(async () => {
  rig = await startRig();
  platform = rig.as('platform');
});
afterAll(() => rig.close());

describe('a seller', () => {
  it('is registered without ever showing its access key', async () => {
    const answer = await platform.put('S1', SELLER);
    expect(answer.status).toBe(200);
    const { accessKey, ...shown } = SELLER;
    expect(answer.body).toEqual({ sellerId: 'S1', ...shown });
    expect(answer.text + rig.logged.join()).not.toContain(accessKey);
  });

  it('does not show a refused access key either', async () => {
    const answer = await platform.put('S1', {
      ...SELLER,
      accessKey: 'too-short',
      email: 'nobody',
    });
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.text + rig.logged.join()).not.toContain('too-short');
  });

  it('can be changed; the newest key is the one that signs', async () => {
    await platform.put('S1', { ...SELLER, name: 'New name', accessKey: 'another-access-key' });
    await platform.put('S1/products/P1', PRODUCT);
    const access = await sellerDirectory(rig.db, testKeys).find('S1', 'P1');
    expect(access.accessKey).toBe('another-access-key');
  });

  it('is the platform’s business', async () => {
    for (const role of ['seller', 'buyer', 'carrier', 'operator'] as const) {
      expectProblem(await rig.as(role, 'S1').put('S1', SELLER), 403, 'FORBIDDEN');
    }
  });
});

describe('a product', () => {
  it('is registered with what it costs the seller', async () => {
    const answer = await platform.put('S1/products/P2', PRODUCT);
    expect(answer.body).toEqual({ sellerId: 'S1', productId: 'P2', ...PRODUCT });
  });

  it('needs neither URL nor fee', async () => {
    const answer = await platform.put('S1/products/P3', { name: 'Manual' });
    expect(answer.body).toMatchObject({ productionUrl: null, feeRate: 0 });
  });

  it('needs its seller', async () => {
    expectProblem(await platform.put('S9/products/P1', PRODUCT), 404, 'NOT_FOUND');
  });

  it.each([
    ['plain http', { productionUrl: 'http://seller.example' }],
    ['a file', { productionUrl: 'file:///etc/passwd' }],
    ['a fee of more than everything', { feeRate: 10_001 }],
    ['a fraction of a basis point', { feeRate: 0.5 }],
  ])('is refused with %s', async (_name, part) => {
    const answer = await platform.put('S1/products/P1', { ...PRODUCT, ...part });
    expectProblem(answer, 400, 'INVALID_REQUEST');
  });
});
