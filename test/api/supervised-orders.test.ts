import { viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import type { Node } from '../../domain/nodes';
import { delivery as deliveries, type Delivery } from '../../domain/schemas/order';
import { sampleView } from '../db/samples';
import { PROOF } from '../support/supervised';
import { expectProblem, orderBody, PRODUCT, registerSeller, startRig, type Caller, type Rig } from './rig';

/** Orders of supervised deliveries: how they are placed, and what their view tells. */

let rig: Rig;
let platform: Caller;
beforeAll(async () => {
  rig = await startRig();
  platform = rig.as('platform');
  await registerSeller(rig);
  await platform.put('S1/products/BARE', { name: 'On site' });
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const SUPPORTED: Partial<Record<Delivery, { node: Node; waitingFor: string }>> = {
  saas: { node: 'OPENING', waitingFor: 'seller' },
  'saas-offline': { node: 'SUBMITTING_REQUIREMENT', waitingFor: 'buyer' },
  service: { node: 'SUBMITTING_REQUIREMENT', waitingFor: 'buyer' },
  hardware: { node: 'SHIPPING', waitingFor: 'seller' },
  'license-offline': { node: 'DELIVERING', waitingFor: 'seller' },
  'license-code': { node: 'DELIVERING', waitingFor: 'seller' },
  'license-device': { node: 'SUBMITTING_DEVICE_ID', waitingFor: 'buyer' },
  'license-package': { node: 'DELIVERING', waitingFor: 'seller' },
};
const supported = Object.keys(SUPPORTED) as Delivery[];
const supervised = supported.filter((one) => one !== 'saas');
// Images need their version, see five-days.test.ts.
const others = deliveries.options.filter((one) => !supported.includes(one) && one !== 'image');

describe('an order', () => {
  it.each(supported)('of %s is under way', async (delivery) => {
    const answer = await platform.place(orderBody(`KIND-${delivery}`, [{ delivery }]));
    expect(answer.status).toBe(201);
    expect(answer.body.lines).toMatchObject([{ delivery, status: 'PROCESSING' }]);
    expect(rig.lines.opened).toMatchObject([{ line: { delivery } }]);
  });

  it.each(supported)('of %s that no worker has begun tells where it will begin', async (delivery) => {
    rig.lines.silent = true;
    const answer = await platform.place(orderBody(`LATE-${delivery}`, [{ delivery }]));
    expect(answer.status).toBe(202);
    expect(answer.body.lines).toMatchObject([{ revision: 0, ...SUPPORTED[delivery] }]);
  });

  it.each(others)('of %s is refused whole, with its kind named', async (delivery) => {
    const lines = [
      { orderLineId: 'A', delivery: 'service' },
      { orderLineId: 'B', delivery },
    ];
    const answer = await platform.place(orderBody(`NOT-${delivery}`, lines));
    expect(expectProblem(answer, 400, 'DELIVERY_NOT_SUPPORTED').detail).toContain(` ${delivery} `);
    expectProblem(await platform.order(`NOT-${delivery}`), 404, 'NOT_FOUND');
    expect(rig.lines.opened).toEqual([]);
  });

  it.each(supervised)(
    'of %s needs no production URL; then its seller is not told there',
    async (delivery) => {
      const lines = [
        { orderLineId: `${delivery}-A`, delivery, productId: 'BARE' },
        { orderLineId: `${delivery}-B`, delivery },
      ];
      expect((await platform.place(orderBody(`URL-${delivery}`, lines))).status).toBe(201);
      const notified = rig.lines.opened.map(({ line }) => [line.productId, line.notifies]);
      expect(notified).toEqual([
        ['BARE', false],
        ['P1', true],
      ]);
    },
  );

  it('begins with the scene and trade that decide about its review, if it has them', async () => {
    const joint = { delivery: 'service', scene: 'empowerment', trade: 'joint' };
    await platform.place(
      orderBody('SCENE', [
        { orderLineId: 'SCENE-A', ...joint },
        { orderLineId: 'SCENE-B', delivery: 'service' },
      ]),
    );
    const [first, second] = rig.lines.opened.map(({ line }) => line);
    expect(first).toMatchObject({ scene: 'empowerment', trade: 'joint' });
    expect(second).not.toHaveProperty('scene');
    expect(second).not.toHaveProperty('trade');
  });

  it.each([
    ['scene', 'moon'],
    ['trade', 'barter'],
    ['delivery', 'pigeon'],
  ])('with an unknown %s is refused with its place', async (field, value) => {
    const answer = await platform.place(orderBody('UNKNOWN', [{ delivery: 'service', [field]: value }]));
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain(`body.lines[0].${field}`);
  });

  it('keeps the rules of its day: what its product became later changes nothing', async () => {
    const body = orderBody('KEPT', [{ delivery: 'service', productId: 'LATER' }]);
    await platform.put('S1/products/LATER', { name: 'On site' });
    rig.lines.silent = true;
    await platform.place(body);
    await platform.put('S1/products/LATER', PRODUCT);
    rig.lines.silent = false;
    expect((await platform.place(body)).status).toBe(200);
    expect(rig.lines.opened.map(({ line }) => [line.notifies, line.feeRate])).toEqual([
      [false, 0],
      [false, 0],
    ]);
  });
});

describe('the view of a line', () => {
  const KEY = { orderId: 'VIEW', orderLineId: 'VIEW-000001' };
  const at = (hour: number) => Date.UTC(2026, 10, 23, hour);
  const view: Partial<LineView> = {
    revision: 7,
    status: 'COMPLETED',
    node: 'ENDED',
    waitingFor: 'nobody',
    dueAt: null,
    appeal: {
      ...{ status: 'RESOLVED', by: 'buyer', reason: 'Nothing came', proof: PROOF },
      ...{ openedAt: at(1), resolution: { verdict: 'resume', reason: 'It came' } },
    },
    license: { claimedAt: at(2), activatedAt: null },
    completion: { completedAt: at(4), validFrom: at(3), validUntil: null },
    unsubscription: {
      ...{ id: 'VIEW-000001-U1', status: 'REJECTED' },
      ...{ amount: { currency: 'CNY', minor: 5 }, reason: 'No more use' },
    },
    log: [
      {
        ...{ seq: 1, at: at(1), by: 'seller', command: 'deliver', from: 'DELIVERING', to: 'CLAIMING' },
        ...{ note: 'The seller delivered.', attachments: PROOF },
      },
    ],
  };
  beforeAll(async () => {
    await platform.place(orderBody('VIEW', [{ delivery: 'license-code' }]));
  });

  it.each(['operator', 'seller', 'buyer'] as const)('has all of supervision for the %s', async (role) => {
    await rig.lines.show(KEY, view);
    const sub = { operator: 'operator-1', seller: 'S1', buyer: 'B1' }[role];
    const answer = await rig.as(role, sub).order('VIEW');
    expect(answer.status).toBe(200);
    expect(answer.body.lines[0]).toMatchObject({
      node: 'ENDED',
      nodeName: { en: expect.any(String) as string, zh: expect.stringMatching(/\p{Script=Han}/u) as string },
      dueAt: null,
      appeal: {
        ...{ status: 'RESOLVED', by: 'buyer', reason: 'Nothing came', proof: PROOF },
        openedAt: '2026-11-23T09:00:00.000+08:00',
        resolution: { verdict: 'resume', reason: 'It came' },
      },
      license: { claimedAt: '2026-11-23T10:00:00.000+08:00', activatedAt: null },
      unsubscription: { id: 'VIEW-000001-U1', status: 'REJECTED' },
      completedAt: '2026-11-23T12:00:00.000+08:00',
      validFrom: '2026-11-23T11:00:00.000+08:00',
      validUntil: null,
      log: [{ command: 'deliver', attachments: PROOF }],
    });
  });

  it('of an earlier release lacks nothing that a reader expects', async () => {
    await platform.place(orderBody('EARLIER'));
    const earlier = { ...sampleView(3, [1]), node: 'ENDED' as const, status: 'COMPLETED' as const };
    expect(earlier).not.toHaveProperty('appeal');
    await viewStore(rig.db).save('EARLIER', 'EARLIER-000001', earlier);
    const [line] = (await platform.order('EARLIER')).body.lines;
    const none = { appeal: null, license: null, completedAt: null, validFrom: null, validUntil: null };
    expect(line).toMatchObject({ node: 'ENDED', nodeName: { en: expect.any(String) as string }, ...none });
    expect(line!.log[0]).not.toHaveProperty('attachments');
    const { items } = (await platform.orders('?status=COMPLETED')).body;
    expect(items).toContainEqual(expect.objectContaining({ orderId: 'EARLIER', ...none }));
  });
});
