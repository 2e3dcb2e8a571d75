import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import {
  accept,
  confirmRequirement,
  deliver,
  EMPOWERMENT,
  PROOF,
  refusalOf,
  reviewPass,
  submitRequirement,
} from '../../support/supervised';

/** SaaS delivered offline, and professional services (domain.md 2.1, 2.2). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const nodeAndMover = async (line: PlacedLine) => {
  const { node, waitingFor } = await line.view();
  return [node, waitingFor];
};

async function toAcceptance(line: PlacedLine): Promise<void> {
  await submitRequirement(line);
  await confirmRequirement(line);
  await deliver(line);
}

describe.each(['service', 'saas-offline'] as const)('%s', (delivery) => {
  test('goes from the requirement over its delivery to the acceptance', async () => {
    const line = await rig.placeLine({ delivery });
    expect(await nodeAndMover(line)).toEqual(['SUBMITTING_REQUIREMENT', 'buyer']);
    await submitRequirement(line);
    expect(await nodeAndMover(line)).toEqual(['CONFIRMING_REQUIREMENT', 'seller']);
    await confirmRequirement(line);
    expect(await nodeAndMover(line)).toEqual(['DELIVERING', 'seller']);
    await deliver(line);
    expect(await nodeAndMover(line)).toEqual(['ACCEPTING', 'buyer']);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    expect(rig.platform.refunds.filter(({ orderId }) => orderId === line.orderId)).toEqual([]);
    const told = rig.platform.events.filter(({ orderId }) => orderId === line.orderId);
    expect(told.map(({ type }) => type)).toEqual(['order.completed']);
  });

  test('waits a year for its buyer without a word of its own accord', async () => {
    const line = await rig.placeLine({ delivery });
    await toAcceptance(line);
    await rig.env.sleep('1 day');
    const { events: before } = await line.history();
    await rig.env.sleep('365 days');
    expect(await nodeAndMover(line)).toEqual(['ACCEPTING', 'buyer']);
    expect((await line.history()).events).toHaveLength(before!.length);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });
});

test('a requirement and a delivery can be rejected, and are then handed in anew', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  await submitRequirement(line);
  await line.command('reject-requirement', 'seller', { reason: 'Which directory?' });
  expect(await nodeAndMover(line)).toEqual(['SUBMITTING_REQUIREMENT', 'buyer']);
  await toAcceptance(line);
  await line.command('reject', 'buyer', { reason: 'Sign-on does not work' });
  expect(await nodeAndMover(line)).toEqual(['DELIVERING', 'seller']);
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });

  const { log } = await rig.registered(line);
  const [submitted] = log.filter(({ command }) => command === 'submit-requirement');
  expect(submitted).toMatchObject({ by: 'buyer', note: 'Ten seats, single sign-on', attachments: PROOF });
  expect(log.filter(({ command }) => command?.startsWith('reject')).map(({ note }) => note)).toEqual([
    'Which directory?',
    'Sign-on does not work',
  ]);
});

describe('the review', () => {
  test('comes between delivery and acceptance in a joint delivery of the empowerment scene', async () => {
    const line = await rig.placeLine({ delivery: 'service', ...EMPOWERMENT });
    await toAcceptance(line);
    expect(await nodeAndMover(line)).toEqual(['REVIEWING', 'operator']);
    expect(await refusalOf(accept(line))).toBe('NOT_ALLOWED_NOW');
    await line.command('review-reject', 'operator', { reason: 'The document is not signed' });
    expect(await nodeAndMover(line)).toEqual(['DELIVERING', 'seller']);
    await deliver(line);
    await reviewPass(line);
    expect(await nodeAndMover(line)).toEqual(['ACCEPTING', 'buyer']);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });

  test.each([
    { scene: 'empowerment', trade: 'huawei', reviewed: true },
    { scene: 'empowerment', trade: 'general', reviewed: false },
    { scene: 'empowerment', trade: 'own', reviewed: false },
    { scene: 'base', trade: 'joint', reviewed: false },
    { scene: 'general', trade: 'joint', reviewed: false },
  ] as const)('of scene $scene and trade $trade is due: $reviewed', async ({ reviewed, ...about }) => {
    const line = await rig.placeLine({ delivery: 'service', ...about });
    await toAcceptance(line);
    expect(await nodeAndMover(line)).toEqual(reviewed ? ['REVIEWING', 'operator'] : ['ACCEPTING', 'buyer']);
    if (reviewed) await reviewPass(line);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });
});

describe('the validity', () => {
  test('counts from the acceptance when the seller said nothing', async () => {
    const line = await rig.placeLine({
      delivery: 'service',
      charging: { mode: 'PERIOD', period: { unit: 'MONTH', n: 1 } },
    });
    await toAcceptance(line);
    await rig.env.sleep('31 days');
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    const { completion, log } = await rig.registered(line);
    const { at } = log.find(({ command }) => command === 'accept')!;
    expect(completion).toMatchObject({ completedAt: at, validFrom: at });
    const days = (completion!.validUntil! - at) / 86_400_000;
    expect([28, 29, 30, 31]).toContain(days);
  });

  test('counts from the actual enabling time that the seller gave, whenever it is accepted', async () => {
    const line = await rig.placeLine({
      delivery: 'service',
      charging: { mode: 'PERIOD', period: { unit: 'MONTH', n: 1 } },
    });
    await submitRequirement(line);
    await confirmRequirement(line);
    await deliver(line, '2026-01-01T00:00:00+08:00');
    await rig.env.sleep('31 days');
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    const { completion } = await rig.registered(line);
    expect(completion).toMatchObject({
      validFrom: Date.parse('2026-01-01T00:00:00+08:00'),
      validUntil: Date.parse('2026-02-01T00:00:00+08:00'),
    });
  });

  test('has no end for what was bought once', async () => {
    const line = await rig.placeLine({ delivery: 'service', charging: { mode: 'ONE_TIME' } });
    await toAcceptance(line);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    expect((await rig.registered(line)).completion).toMatchObject({ validUntil: null });
  });
});

test('each side moves only when it is its move, and hands in what is needed', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  expect(await refusalOf(deliver(line))).toBe('NOT_ALLOWED_NOW');
  expect(await refusalOf(line.command('submit-requirement', 'seller', { requirement: 'x' }))).toBe(
    'FORBIDDEN',
  );
  expect(await refusalOf(line.command('submit-requirement', 'buyer', { requirement: ' ' }))).toBe(
    'INVALID_REQUEST',
  );
  await submitRequirement(line);
  expect(await refusalOf(submitRequirement(line))).toBe('NOT_ALLOWED_NOW');
  await confirmRequirement(line);
  expect(await refusalOf(line.command('deliver', 'seller', {}))).toBe('INVALID_REQUEST');
  expect(await refusalOf(line.command('deliver', 'seller', { proof: [] }))).toBe('INVALID_REQUEST');
  expect(await refusalOf(deliver(line, '2999-01-01T00:00:00+08:00'))).toBe('INVALID_REQUEST');
  await deliver(line);
  expect(await refusalOf(line.command('accept', 'operator', {}))).toBe('FORBIDDEN');
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('an operator can close it with any refund up to what was paid', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  await submitRequirement(line);
  const close = (minor: number) =>
    line.command('close', 'operator', { reason: 'Agreed by phone', refund: { currency: 'CNY', minor } });
  expect(await refusalOf(close(990_001))).toBe('REFUND_TOO_LARGE');
  await close(990_000);
  expect(await line.ended()).toEqual({ status: 'CLOSED' });
  const refunds = rig.platform.refunds.filter(({ orderId }) => orderId === line.orderId);
  expect(refunds.map(({ amount }) => amount.minor)).toEqual([990_000]);
});

test('a cancellation from the Temporal UI closes it with a full refund', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  await submitRequirement(line);
  await line.handle.cancel();
  expect(await line.ended()).toEqual({ status: 'CLOSED' });
  const refunds = rig.platform.refunds.filter(({ orderId }) => orderId === line.orderId);
  expect(refunds.map(({ amount }) => amount.minor)).toEqual([990_000]);
});
