import { appInfoStore } from '../../db/app-info';
import { viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import { sampleView } from '../db/samples';
import { testKeys } from '../support/database';
import { expectProblem, orderBody, registerSeller, startRig, type Rig } from './rig';

const APP_INFO = { frontEndUrl: 'https://crm.example', userName: 'admin', password: 'geheim-42' };

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig, 'S1');
  await registerSeller(rig, 'S2');
  const platform = rig.as('platform');
  const shared = orderBody('SHARED', [{ orderLineId: 'SH-1' }, { orderLineId: 'SH-2', sellerId: 'S2' }]);
  await platform.place(shared);
  await platform.place(orderBody('DONE'));
  await appInfoStore(rig.db, testKeys).save('DONE', 'DONE-000001', APP_INFO);
});
afterAll(() => rig.close());

const lineIds = (body: { lines: { orderLineId: string }[] }) => body.lines.map((line) => line.orderLineId);

describe('an order', () => {
  it('is seen whole by platform and operator', async () => {
    for (const role of ['platform', 'operator'] as const) {
      expect(lineIds((await rig.as(role).order('SHARED')).body)).toEqual(['SH-1', 'SH-2']);
    }
  });

  it('is seen by a seller as far as it is its own, with the buyer’s contact', async () => {
    const { body } = await rig.as('seller', 'S2').order('SHARED');
    expect(lineIds(body)).toEqual(['SH-2']);
    expect(body.lines[0]!.buyer).toEqual({
      name: '王小明',
      email: 'wang@buyer.example',
      phone: '+86 13800138000',
      language: 'zh',
    });
  });

  it('is seen by its buyer, without contacts', async () => {
    const { body, text } = await rig.as('buyer', 'B1').order('SHARED');
    expect(lineIds(body)).toEqual(['SH-1', 'SH-2']);
    expect(text).not.toContain('wang@buyer.example');
  });

  it.each([
    ['another seller', 'seller', 'S3'],
    ['another buyer', 'buyer', 'B2'],
    ['a seller with the buyer’s id', 'seller', 'B1'],
    ['a buyer with the seller’s id', 'buyer', 'S1'],
  ] as const)('does not exist for %s', async (_name, role, sub) => {
    const theirs = await rig.as(role, sub).order('SHARED');
    const unknown = await rig.as(role, sub).order('UNKNOWN');
    const { detail } = expectProblem(unknown, 404, 'NOT_FOUND');
    expect(expectProblem(theirs, 404, 'NOT_FOUND').detail).toBe(detail.replace('UNKNOWN', 'SHARED'));
  });

  it('is nothing for carriers', async () => {
    expectProblem(await rig.as('carrier').order('SHARED'), 403, 'FORBIDDEN');
    expectProblem(await rig.as('carrier').orders(), 403, 'FORBIDDEN');
  });
});

describe('the way into an instance', () => {
  const status = (value: LineView['status']) => rig.lines.show(DONE, { status: value });

  it('is shown to the buyer once the line is completed', async () => {
    await status('COMPLETED');
    const { body } = await rig.as('buyer', 'B1').order('DONE');
    expect(body.lines[0]!.appInfo).toEqual(APP_INFO);
  });

  it.each(['PROCESSING', 'UNSUBSCRIBED', 'CLOSED'] as const)('is not shown while %s', async (value) => {
    await status(value);
    expect((await rig.as('buyer', 'B1').order('DONE')).text).not.toContain('geheim-42');
  });

  it('is shown to nobody else, and in no list', async () => {
    await status('COMPLETED');
    for (const [role, sub] of [['platform'], ['operator'], ['seller', 'S1']] as const) {
      expect((await rig.as(role, sub).order('DONE')).text).not.toContain('geheim-42');
    }
    expect((await rig.as('buyer', 'B1').orders()).text).not.toContain('geheim-42');
    expect(rig.logged.join()).not.toContain('geheim-42');
  });
});

describe('what a line wrote of itself', () => {
  it('is shown with the whole log', async () => {
    await viewStore(rig.db).save(...LATE, sampleView(103, [1, 2]));
    await viewStore(rig.db).save(...LATE, { ...sampleView(104, [2, 3]), node: 'POLLING' });
    const line = await lineOf('DONE');
    expect(line).toMatchObject({ revision: 104, node: 'POLLING' });
    expect(line.log.map((one: { note: string }) => one.note)).toEqual(['call 1', 'call 2', 'call 3']);
  });

  it('does not fall back when an older view comes late', async () => {
    await viewStore(rig.db).save(...LATE, sampleView(102, [3, 4]));
    const line = await lineOf('DONE');
    expect(line).toMatchObject({ revision: 104, node: 'POLLING' });
    expect(line.log).toHaveLength(4);
  });

  it('is read whether anything runs or not', async () => {
    rig.lines.silent = true;
    expect(await lineOf('DONE')).toMatchObject({ revision: 104 });
    rig.lines.silent = false;
  });
});

const DONE = { orderId: 'DONE', orderLineId: 'DONE-000001' };
const LATE = ['DONE', 'DONE-000001'] as const;

async function lineOf(orderId: string) {
  return (await rig.as('platform').order(orderId)).body.lines[0]!;
}
