import { expectProblem, orderBody, PRODUCT, registerSeller, SELLER, startRig, type Rig } from './rig';

/** Values that SQL cannot hold or nobody can call are the caller's mistakes, told with their place. */

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
});
afterAll(() => rig.close());

describe.each([
  ['NUL', '\0'],
  ['an escape sequence', '\u001b[2J'],
  ['a line break', 'a\nb'],
])('%s', (_name, text) => {
  const words = `Name${text}x`;

  it.each<[string, string, object]>([
    ['a seller’s name', 'S1', { ...SELLER, name: words }],
    ['a product’s name', 'S1/products/P1', { ...PRODUCT, name: words }],
    ['a production URL', 'S1/products/P1', { ...PRODUCT, productionUrl: `https://seller.example/${text}x` }],
  ])('is refused in %s', async (_place, path, body) => {
    expectProblem(await rig.as('platform').put(path, body), 400, 'INVALID_REQUEST');
  });

  it.each<[string, object]>([
    ['buyer.name', { ...orderBody('O1'), buyer: { ...orderBody('O1').buyer, name: words } }],
    [
      'lines[0].recipient.address',
      orderBody('O1', [{ recipient: { name: 'R', phone: '+86 13800138000', address: words } }]),
    ],
    [
      'lines[0].recipient.name',
      orderBody('O1', [{ recipient: { name: words, phone: '+86 13800138000', address: 'A' } }]),
    ],
    ['lines[0].assetVersion', orderBody('O1', [{ assetVersion: words }])],
  ])('is refused in an order’s %s', async (place, body) => {
    const { detail } = expectProblem(await rig.as('platform').place(body), 400, 'INVALID_REQUEST');
    expect(detail).toContain(`body.${place}: no control characters`);
  });
});

it.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00%2B08:00', '9999-12-31T23:59:59-08:00'])(
  'a time limit outside of the years 1 to 9999 is refused: %s',
  async (dueBefore) => {
    const answer = await rig.as('operator').orders(`?dueBefore=${dueBefore}`);
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain('querystring.dueBefore');
  },
);

it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
  'one within is taken: %s',
  async (dueBefore) => {
    expect((await rig.as('operator').orders(`?dueBefore=${dueBefore}`)).status).toBe(200);
  },
);

it.each([8.64e15, -8.64e15, 253_402_300_800_000, -62_135_596_800_001])(
  'a cursor of the moment %d is refused',
  async (at) => {
    const cursor = (...ids: string[]) => Buffer.from(JSON.stringify([at, ...ids])).toString('base64url');
    const operator = rig.as('operator');
    expectProblem(await operator.orders(`?cursor=${cursor('O', 'L')}`), 400, 'INVALID_REQUEST');
    expectProblem(await operator.sellerCalls(`?cursor=${cursor('C')}`), 400, 'INVALID_REQUEST');
  },
);

it.each([
  ['user-info', 'https://user:pw@seller.example/api'],
  ['an IPv4 address', 'https://203.0.113.7/api'],
  ['an IPv4 address in hex', 'https://0xcb007107/api'],
  ['an IPv6 address', 'https://[2001:db8::1]/api'],
  ['plain http', 'http://seller.example/api'],
  ['port 0', 'https://seller.example:0/api'],
])('a production URL with %s could never be called and is refused', async (_name, productionUrl) => {
  const answer = await rig.as('platform').put('S1/products/P1', { ...PRODUCT, productionUrl });
  expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain('body.productionUrl');
  expect(answer.text).not.toContain('user:pw');
});

it.each(['https://seller.example:8443/api?a=b', 'https://localhost:9443', 'https://软件.example/api'])(
  'a production URL that can be called is taken: %s',
  async (productionUrl) => {
    const answer = await rig.as('platform').put('S1/products/P1', { ...PRODUCT, productionUrl });
    expect(answer.body).toMatchObject({ productionUrl });
  },
);

it('a line’s id leaves room for the id of its refund, which sellers take up to 64 characters', async () => {
  const platform = rig.as('platform');
  const longest = 'L'.repeat(60);
  expect((await platform.place(orderBody('O60', [{ orderLineId: longest }]))).status).toBe(201);
  const tooLong = await platform.place(orderBody('O61', [{ orderLineId: `${longest}L` }]));
  expect(expectProblem(tooLong, 400, 'INVALID_REQUEST').detail).toContain('body.lines[0].orderLineId');

  expect((await platform.place(orderBody('P'.repeat(53)))).status).toBe(201);
  expectProblem(await platform.place(orderBody('P'.repeat(54))), 400, 'INVALID_REQUEST');
});

it.each(['JPY', 'BHD', 'XXX'])('a currency without cents is refused: %s', async (currency) => {
  const answer = await rig.as('platform').place(orderBody('O2', [{ amount: { currency, minor: 1 } }]));
  const { detail } = expectProblem(answer, 400, 'INVALID_REQUEST');
  expect(detail).toContain('body.lines[0].amount.currency: one of CNY, USD');
});
