import { eq } from 'drizzle-orm';
import { findLicense, recordHeartbeat } from '../../db/licenses';
import { idempotencyKeys, licenses } from '../../db/schema';
import { StewardError, type ErrorCode, type ErrorParams } from '../../domain/errors';
import type { LineView } from '../../domain/order-line';
import { iso } from '../../domain/time';
import { sampleView } from '../db/samples';
import { testKeys } from '../support/database';
import {
  expectProblem,
  giveLicense,
  orderBody,
  registerSeller,
  startRig,
  type Caller,
  type Rig,
} from './rig';
import { ACTIVATED_AT } from './stand-in-lines';

let rig: Rig;
let seller: Caller;
let count = 0;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
  // It types right codes only: those who guess are limited for a minute.
  seller = rig.as('seller', 'S1');
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const CLAIMED = { claimedAt: ACTIVATED_AT - 1_000, activatedAt: null };
const ACTIVATED = { ...CLAIMED, activatedAt: ACTIVATED_AT };
const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });

/** An order of S1 for B1 with a code, in the registry as its workflow last said. */
async function licensed(said: Partial<LineView> = { license: CLAIMED }) {
  const orderId = `O${(count += 1)}`;
  await rig.as('platform').place(orderBody(orderId));
  const code = await giveLicense(rig, orderId);
  const view = { ...sampleView(5), ...said };
  await rig.lines.show(lineOf(orderId), view);
  return { orderId, code };
}

describe('activate', () => {
  it('reaches the line of the code, however it was typed, with who gave it', async () => {
    const { orderId, code } = await licensed();
    const { status, body } = await seller.activate(` ${code.toLowerCase().replaceAll('-', '')} `);
    expect(status).toBe(200);
    expect(body).toEqual({ ...lineOf(orderId), activatedAt: iso(ACTIVATED_AT) });
    expect(rig.lines.activated).toMatchObject([{ line: lineOf(orderId), by: { role: 'seller', sub: 'S1' } }]);
  });

  const refusals: [ErrorCode, number, ErrorParams][] = [
    ['92020004', 409, {}],
    ['ALREADY_ACTIVATED', 409, { at: '2026-11-23 12:00:00 (UTC+8)' }],
    ['APPEAL_OPEN', 409, {}],
    ['REFUND_DECIDED', 409, {}],
    ['ORDER_ENDED', 409, { orderLineId: 'O-000001' }],
    ['TRY_AGAIN', 503, {}],
  ];
  it.each(refusals)('that the line refuses is answered with %s', async (code, status, params) => {
    const license = await licensed();
    rig.lines.refusal = new StewardError(code, params);
    const { detail } = expectProblem(await seller.activate(license.code), status, code);
    for (const value of Object.values(params)) expect(detail).toContain(String(value));
  });

  it.each<[string, Partial<LineView>, ErrorCode]>([
    ['activated before', { node: 'ENDED', status: 'COMPLETED', license: ACTIVATED }, 'ALREADY_ACTIVATED'],
    ['ended without', { node: 'ENDED', status: 'CLOSED', license: CLAIMED }, 'ORDER_ENDED'],
    ['ended under an older release', { node: 'ENDED', status: 'CLOSED' }, 'ORDER_ENDED'],
  ])('of a line that runs no more, %s, is answered from the registry', async (_what, said, code) => {
    const license = await licensed(said);
    rig.lines.gone = true;
    expectProblem(await seller.activate(license.code), 409, code);
  });

  it('that neither the line nor the registry can judge is to be tried again', async () => {
    const { code } = await licensed();
    rig.lines.gone = true;
    expectProblem(await seller.activate(code), 503, 'TRY_AGAIN');
  });

  it('takes effect once under one Idempotency-Key', async () => {
    const { code } = await licensed();
    const key = { 'idempotency-key': 'A1' };
    const first = await seller.activate(code, key);
    expect(await seller.activate(code, key)).toMatchObject({ status: 200, body: first.body });
    expect(rig.lines.activated).toHaveLength(1);
    const other = await licensed();
    expectProblem(await seller.activate(other.code, key), 409, 'IDEMPOTENCY_KEY_REUSED');
    expectProblem(await seller.heartbeat(code, key), 409, 'IDEMPOTENCY_KEY_REUSED');
    await seller.activate(code);
    expect(new Set(rig.lines.activated.map(({ updateId }) => updateId)).size).toBe(2);
  });

  it('takes a body with a code and nothing else', async () => {
    for (const license of ['', 'x'.repeat(129)]) {
      expectProblem(await seller.activate(license), 400, 'INVALID_REQUEST');
    }
    expect(rig.lines.activated).toEqual([]);
  });

  it.each(['platform', 'buyer', 'operator', 'carrier'] as const)('is not for role %s', async (role) => {
    const { code } = await licensed();
    expectProblem(await rig.as(role, 'S1').activate(code), 403, 'FORBIDDEN');
    expectProblem(await rig.as(role, 'S1').heartbeat(code), 403, 'FORBIDDEN');
    expect(rig.lines.activated).toEqual([]);
  });
});

describe('heartbeat', () => {
  const lastOf = async (orderId: string) => {
    const [row] = await rig.db.select().from(licenses).where(eq(licenses.orderId, orderId));
    return row?.lastHeartbeatAt;
  };

  it('of an activated code is recorded', async () => {
    const { orderId, code } = await licensed({ license: ACTIVATED });
    const before = Date.now();
    const { status, body } = await seller.heartbeat(code);
    expect(status).toBe(200);
    expect(body).toEqual({ ...lineOf(orderId), at: expect.stringMatching(/\+08:00$/) as string });
    expect(await lastOf(orderId)).toBe(Date.parse(body.at));
    expect(Date.parse(body.at)).toBeGreaterThanOrEqual(before);
  });

  it('goes on after the end of a completed line, without it', async () => {
    const { code } = await licensed({ node: 'ENDED', status: 'COMPLETED', license: ACTIVATED });
    rig.lines.gone = true;
    expect((await seller.heartbeat(code)).status).toBe(200);
  });

  const appeal = {
    ...{ by: 'buyer' as const, reason: 'Nothing works', proof: [], openedAt: ACTIVATED_AT },
    resolution: null,
  };
  it.each<[string, Partial<LineView>, ErrorCode]>([
    ['not claimed', { license: { claimedAt: null, activatedAt: null } }, '92020004'],
    ['not known to be claimed', {}, '92020004'],
    ['not activated', { license: CLAIMED }, 'NOT_ACTIVATED'],
    ['appealed against', { license: ACTIVATED, appeal: { ...appeal, status: 'OPEN' } }, 'APPEAL_OPEN'],
    ['refunded', { license: ACTIVATED, status: 'UNSUBSCRIBED', node: 'ENDED' }, 'ORDER_ENDED'],
    ['closed', { license: ACTIVATED, status: 'CLOSED', node: 'ENDED' }, 'ORDER_ENDED'],
  ])('of a code that is %s is refused', async (_what, said, refusal) => {
    const { orderId, code } = await licensed(said);
    expectProblem(await seller.heartbeat(code), 409, refusal);
    expect(await lastOf(orderId)).toBeNull();
  });

  it('goes on when the appeal is resolved', async () => {
    const resolved = { verdict: 'resume' as const, reason: 'Works' };
    const { code } = await licensed({
      license: ACTIVATED,
      appeal: { ...appeal, status: 'RESOLVED', resolution: resolved },
    });
    expect((await seller.heartbeat(code)).status).toBe(200);
  });

  it('is recorded once under one Idempotency-Key', async () => {
    const { orderId, code } = await licensed({ license: ACTIVATED });
    const first = await seller.heartbeat(code, { 'idempotency-key': 'H1' });
    await recordHeartbeat(rig.db, lineOf(orderId), 1);
    const second = await seller.heartbeat(code, { 'idempotency-key': 'H1' });
    expect(second.body).toEqual(first.body);
    expect(await lastOf(orderId)).toBe(1);
  });
});

describe('guessing', () => {
  const UNKNOWN = '0000-0000-0000-0000-0000-0000-0000-000';
  const guess = (caller: Caller, n: number) => caller.activate(`${UNKNOWN}${n % 10}`);

  it('tells nothing of another seller’s code', async () => {
    const { orderId, code } = await licensed({ license: ACTIVATED });
    const other = rig.as('seller', 'S-OTHER');
    const same = ({ status, body }: Awaited<ReturnType<Caller['activate']>>) => {
      const { requestId, ...rest } = body as unknown as Record<string, unknown>;
      return { status, rest, requestId: typeof requestId };
    };
    for (const call of ['activate', 'heartbeat'] as const) {
      const foreign = await other[call](code);
      expectProblem(foreign, 404, '92020005');
      const unknown = await other[call](`${UNKNOWN}0`);
      expect(same(foreign as never)).toEqual(same(unknown as never));
      expect(foreign.text).not.toContain(orderId);
    }
    expect(rig.lines.activated).toEqual([]);
  });

  it('ends after ten unknown codes, for right ones too, and for this seller alone', async () => {
    await registerSeller(rig, 'S-GUESSES');
    const guesser = rig.as('seller', 'S-GUESSES');
    await rig.as('platform').place(orderBody('OWN', [{ sellerId: 'S-GUESSES' }]));
    const own = await giveLicense(rig, 'OWN', 'S-GUESSES');
    const { code } = await licensed();

    for (let n = 0; n < 9; n += 1) expectProblem(await guess(guesser, n), 404, '92020005');
    expect((await guesser.activate(own)).status).toBe(200);
    expectProblem(await guesser.heartbeat(code), 404, '92020005');
    const { detail } = expectProblem(await guess(guesser, 1), 429, 'TOO_MANY_UNKNOWN_LICENSES');
    expect(detail).toMatch(/try again at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\+8\)/);
    expectProblem(await guesser.activate(own), 429, 'TOO_MANY_UNKNOWN_LICENSES');
    expectProblem(await guesser.heartbeat(own), 429, 'TOO_MANY_UNKNOWN_LICENSES');
    expect((await seller.activate(code)).status).toBe(200);
  });

  it('with many at once gets no more answers than one by one', async () => {
    const hasty = rig.as('seller', 'S-HASTY');
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(hasty, n)));
    const told = answers.map(({ status }) => status);
    expect(told.filter((status) => status === 404)).toHaveLength(10);
    expect(told.filter((status) => status === 429)).toHaveLength(30);
  });
});

describe('the buyer’s copy', () => {
  const shown = async (caller: Caller, orderId: string) => (await caller.order(orderId)).body.lines[0];

  it('has the code from the claim on', async () => {
    const { orderId, code } = await licensed({ license: { claimedAt: null, activatedAt: null } });
    const buyer = rig.as('buyer', 'B1');
    expect(await shown(buyer, orderId)).not.toHaveProperty('licenseCode');
    await rig.lines.show(lineOf(orderId), { ...sampleView(6), license: CLAIMED });
    expect(await shown(buyer, orderId)).toMatchObject({ licenseCode: code });
  });

  it('alone has it, and no list', async () => {
    const { orderId, code } = await licensed({ license: ACTIVATED });
    for (const caller of [seller, rig.as('platform'), rig.as('operator')]) {
      expect((await caller.order(orderId)).text).not.toContain(code);
    }
    expect((await rig.as('buyer', 'B1').orders()).text).not.toContain(code);
  });

  it('of another kind of order has none', async () => {
    await rig.as('platform').place(orderBody('PLAIN'));
    expect(await shown(rig.as('buyer', 'B1'), 'PLAIN')).not.toHaveProperty('licenseCode');
  });
});

it('a code is nowhere in logs, problems, update ids and kept answers', async () => {
  const { code } = await licensed({ license: ACTIVATED });
  const key = { 'idempotency-key': 'N1' };
  const answers = [
    await seller.activate(code, key),
    await seller.heartbeat(code, { 'idempotency-key': 'N2' }),
    await rig.as('seller', 'S-NOBODY').activate(code),
    await rig.as('buyer', 'B1').activate(code),
    await seller.activate(`${code}${' '.repeat(200)}`),
  ];
  rig.lines.refusal = new Error(`broke over ${code}`);
  answers.push(await seller.activate(code, { 'idempotency-key': 'N3' }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 400, 500]);

  const kept = await rig.db.select().from(idempotencyKeys);
  expect(kept.map(({ key }) => key)).toEqual(expect.arrayContaining(['N1', 'N2', 'N3']));
  const everything = JSON.stringify([
    answers.map(({ text }) => text),
    rig.logged,
    rig.lines.activated,
    kept,
    await rig.db.select().from(licenses),
  ]);
  expect(rig.logged.join('')).toContain('broke over [licence code]');
  expect(everything).not.toContain(code);
  expect(everything).not.toContain(code.replaceAll('-', ''));
  expect(await findLicense(rig.db, testKeys, 'S1', code)).not.toBeNull();
});
