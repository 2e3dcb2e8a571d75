import type { OrderLineAnswer } from '../../client';
import type { Command } from '../../domain/commands';
import { LiveRig } from '../support/live-rig';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const give = (orderId: string, command: Command, data: object, key?: string) =>
  rig.as('operator').post<OrderLineAnswer & { code?: string }>(`/orders/${orderId}/${command}`, data, key);
const refunding = (minor: number) => ({ reason: 'By phone', refund: { currency: 'CNY', minor } });
/** A line whose first call failed: the next one is due in an hour. */
async function placeFailing(): Promise<string> {
  const orderId = await rig.place(['000005']);
  await rig.until(orderId, ({ log }) => log.length === 2);
  return orderId;
}
const ended = { status: 409, body: { code: 'ORDER_ENDED' } };
const reused = { status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } };

describe('a repeated command', () => {
  it('with the same key takes effect once, one after the other and at once', async () => {
    const orderId = await placeFailing();
    const first = await give(orderId, 'restart-call', {}, 'restart-1');
    expect(first).toMatchObject({ status: 200 });
    await rig.until(orderId, ({ log }) => log.length === 4);
    const again = await Promise.all([1, 2, 3].map(() => give(orderId, 'restart-call', {}, 'restart-1')));
    for (const answer of again) expect(answer).toEqual(first);
    expect(rig.creates(orderId)).toHaveLength(2);

    const atOnce = await Promise.all(
      Array.from({ length: 5 }, () => give(orderId, 'close', refunding(1), 'close-1')),
    );
    expect(atOnce.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(new Set(atOnce.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    await rig.ended(orderId);
    expect(rig.refunds(orderId)).toHaveLength(1);
  });

  it('gets its first answer after the line has ended; a new one is refused', async () => {
    const orderId = await placeFailing();
    const key = `close-${orderId}`;
    const first = await give(orderId, 'close', refunding(2), key);
    await rig.ended(orderId);
    expect(await give(orderId, 'close', refunding(2), key)).toEqual(first);
    expect(await give(orderId, 'close', refunding(2))).toMatchObject(ended);
    expect(await give(orderId, 'restart-call', {}, 'fresh')).toMatchObject(ended);
    await rig.forgetRun(orderId);
    expect(await give(orderId, 'close', refunding(2), key)).toEqual(first);
    expect(await give(orderId, 'close', refunding(2))).toMatchObject(ended);
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { minor: 2 } }]);
  });

  it('that was refused may come again under its key, and then takes effect', async () => {
    const orderId = await placeFailing();
    const key = `refused-${orderId}`;
    const refused = { status: 409, body: { code: 'REFUND_TOO_LARGE' } };
    expect(await give(orderId, 'close', refunding(990_001), key)).toMatchObject(refused);
    expect(await give(orderId, 'close', refunding(990_000), key)).toMatchObject({ status: 200 });
    await rig.ended(orderId);
  });
});

describe('a key that was used', () => {
  it('refuses another body, another command and another order', async () => {
    const [orderId, other] = [await placeFailing(), await placeFailing()];
    const key = `close-${orderId}`;
    expect(await give(orderId, 'close', refunding(3), key)).toMatchObject({ status: 200 });
    expect(await give(orderId, 'close', refunding(4), key)).toMatchObject(reused);
    expect(await give(orderId, 'restart-call', {}, key)).toMatchObject(reused);
    expect(await give(other, 'close', refunding(3), key)).toMatchObject(reused);
    await rig.ended(orderId);
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { minor: 3 } }]);
    expect((await rig.line(other)).status).toBe('PROCESSING');
    await give(other, 'close', refunding(0));
    await rig.ended(other);
  });
});

describe('many commands at once', () => {
  it('are each answered, and one of them takes effect', async () => {
    const orderId = await placeFailing();
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, n) => give(orderId, 'close', refunding(n + 1))),
    );
    const taken = answers.findIndex(({ status }) => status === 200);
    const others = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    expect(others).toHaveLength(24);
    expect(['NOT_ALLOWED_NOW', 'ORDER_ENDED', 'TRY_AGAIN']).toEqual(expect.arrayContaining(others));
    expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED' });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { minor: taken + 1 } }]);
  });

  it('restart a call once while it runs', async () => {
    const orderId = await placeFailing();
    rig.seller.script(orderId, ['hang', 'open']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => give(orderId, 'restart-call', {})));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(7).fill(409)]);
    for (const { body } of answers) expect([undefined, 'CALL_IN_PROGRESS']).toContain(body.code);
    expect(await rig.until(orderId, ({ log }) => log.length === 4)).toMatchObject({ node: 'OPENING' });
    await give(orderId, 'restart-call', { activity: 'newInstance' });
    expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
    expect(rig.creates(orderId)).toHaveLength(3);
  });
});
