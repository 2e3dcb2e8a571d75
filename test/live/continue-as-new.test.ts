import { giveUpdate } from '../../api/temporal-calls';
import { temporalLines } from '../../api/temporal-lines';
import { getOrder, type RegisteredLine } from '../../db/order-lines';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import type { CommandRequest, UpdateAnswer } from '../../domain/order-line';
import { TASK_QUEUES } from '../../temporal.config';
import { createLogger } from '../../workers/logger';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { summaryOf, timeOf, type HistoryEvent } from '../support/summaries';

let rig: LiveRig;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '20',
    // The server makes runs that follow each other within a second wait.
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ server: { dynamicConfig } });
});
afterAll(() => rig.end());
// Replays every run of every line.
afterEach(() => rig.expectAllSound());

/** When calls with such summaries were begun, over all runs, in ms after the first run. */
async function callsOf(orderId: string, summary: RegExp): Promise<number[]> {
  const runs = await rig.histories(orderId);
  const start = timeOf(runs[0]!.events![0]!);
  const times: number[] = [];
  for (const event of runs.flatMap(({ events }) => events ?? [])) {
    if (!event.activityTaskScheduledEventAttributes) continue;
    if (summary.test((await summaryOf(event)) ?? '')) times.push(timeOf(event) - start);
  }
  return times;
}

const isFirst = ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }: HistoryEvent): boolean =>
  accepted?.acceptedRequest?.meta?.updateId === 'first';

const restart = (orderId: string, updateId: string): Promise<UpdateAnswer> =>
  giveUpdate(rig.runtime.client, () =>
    rig.handle(orderId).executeUpdate<UpdateAnswer, [CommandRequest]>('restart-call', {
      updateId,
      args: [{ by: { role: 'operator', sub: 'operator-1' }, data: {} }],
    }),
  );

/** Asks until no other call is in the way, nor the change to a new run. A refused id is still a new one. */
const restartSoon = (orderId: string, updateId: string): Promise<boolean> =>
  eventually(
    () =>
      restart(orderId, updateId).then(
        () => true,
        () => false,
      ),
    (done) => done,
  );

/** An order that was closed, whose refund the platform refuses so often before it takes it. */
async function refuseAndRepeat(refusals: number): Promise<string> {
  const orderId = await rig.place(['accept:never']);
  await rig.until(orderId, ({ node }) => node === 'POLLING');
  rig.platform.behave('/refunds', ['http-422'], orderId);
  const { client } = rig.as('operator');
  const refund = { currency: 'CNY', minor: 990_000 };
  await client.command(orderId, 'close', { reason: 'By phone', refund });
  for (let n = 1; n <= refusals; n += 1) {
    await rig.until(
      orderId,
      ({ node }) => node === 'REFUND_STUCK' && rig.refundRequests(orderId).length === n,
    );
    if (n === refusals) rig.platform.behave('/refunds', ['take'], orderId);
    await client.command(orderId, 'retry-refund', {});
  }
  expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED' });
  return orderId;
}

describe('a line whose history grows long', () => {
  it('goes on in new runs with its clocks, its answers, its log and its attributes', async () => {
    const orderId = await rig.place(['000005']);
    const first = await rig.until(orderId, ({ log }) => log.length === 2);
    const answer = await restart(orderId, 'first');
    for (let n = 2; n <= 8; n += 1) await restartSoon(orderId, `restart-${n}`);
    expect(await restart(orderId, 'first')).toEqual(answer);

    const line = await rig.ended(orderId);
    expect(line).toMatchObject({ status: 'UNSUBSCRIBED', windows: first.windows });
    const runs = await rig.histories(orderId);
    expect(runs.length).toBeGreaterThan(3);
    expect(runs.filter(({ events }) => events!.length > 60)).toEqual([]);

    // The server of a later run did not know the repeated command any more: the line did.
    const accepted = runs.map(({ events }) => events!.filter(isFirst).length);
    expect(accepted.filter((n) => n > 0)).toEqual([1, 1]);

    // Four due calls, each at its own time, however often the line began a new run meanwhile.
    const due = await callsOf(orderId, /^Due call/);
    expect(due).toHaveLength(4);
    for (const [n, at] of due.entries()) {
      expect(at).toBeGreaterThanOrEqual(n * 3_000 - 50);
      expect(at).toBeLessThan(n * 3_000 + 2_000);
    }
    const extra = await callsOf(orderId, /^Extra call/);
    expect(rig.seller.calls.filter(({ activity }) => activity === 'newInstance')).toHaveLength(
      4 + extra.length,
    );
    const numbers = line.log.flatMap(({ note }) => /^newInstance call (\d+) failed/.exec(note)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 4 + extra.length }, (_, n) => String(n + 1)));
    expect(line.log.filter(({ command }) => command === 'restart-call')).toHaveLength(extra.length);
    expect(line.log[0]?.note).toContain('handed over');
    expect(line.log.filter(({ note }) => note.includes('handed over'))).toHaveLength(1);
    expect(rig.refunds(orderId)).toHaveLength(1);
    expect(rig.refundRequests(orderId)).toHaveLength(1);
    const events = rig.platform.events.filter((event) => event.orderId === orderId);
    expect(events.map(({ type }) => type)).toEqual([
      ...Array<string>(numbers.length).fill('order.call_failed'),
      'order.unsubscribed',
    ]);

    const { typedSearchAttributes } = await rig.handle(orderId).describe();
    const attributes = Object.values(SEARCH_ATTRIBUTES).map((key) =>
      typedSearchAttributes.get(key as typeof SEARCH_ATTRIBUTES.orderId),
    );
    expect(attributes).toEqual([
      ...[orderId, 'seller-1', 'buyer-1', 'saas', 'UNSUBSCRIBED', 'ENDED', 'nobody'],
      undefined,
    ]);
  });

  it('polls until its own time and releases what was accepted', async () => {
    const orderId = await rig.place(['accept:never']);
    const accepted = await rig.until(orderId, ({ node }) => node === 'POLLING');
    for (let n = 1; n <= 6; n += 1) await restartSoon(orderId, `poll-${n}`);
    const later = await rig.line(orderId);
    expect(later).toMatchObject({ node: 'POLLING', dueAt: accepted.dueAt, instanceId: accepted.instanceId });
    expect(await rig.ended(orderId)).toMatchObject({ status: 'UNSUBSCRIBED' });
    expect((await rig.histories(orderId)).length).toBeGreaterThan(2);
    const [refundedAt] = await callsOf(orderId, /^Refund/);
    expect(refundedAt).toBeGreaterThanOrEqual(9_000);
    expect(refundedAt).toBeLessThan(12_000);
    expect(rig.refunds(orderId)).toHaveLength(1);
    expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
    expect(await callsOf(orderId, /^Release/)).toHaveLength(1);
  });

  it('repeats a refused refund over several runs and pays once, however often it is looked at', async () => {
    // Reads are queries, which change in which task the end of a local activity arrives: see `Line.measure`.
    const orderIds = await Promise.all([1, 2, 3, 4].map(() => refuseAndRepeat(6)));
    for (const orderId of orderIds) {
      expect((await rig.histories(orderId)).length).toBeGreaterThan(2);
      expect(rig.refunds(orderId)).toHaveLength(1);
      const refundId = `${orderId}-000001-U1`;
      expect(rig.refundRequests(orderId).map(({ id }) => id)).toEqual(Array(7).fill(refundId));
    }
  });

  it('is never started again by a trigger or sweep that looked before it began', async () => {
    const orderId = await refuseAndRepeat(2);
    expect((await rig.histories(orderId)).length).toBeGreaterThan(1);
    const { runId } = await rig.handle(orderId).describe();
    const [{ start }] = (await getOrder(rig.runtime.database.db, orderId)) as [RegisteredLine];
    const logger = createLogger({ level: 'silent' });
    const lines = temporalLines({ client: rig.runtime.client, taskQueue: TASK_QUEUES.orders, logger });
    // Its last run knows nothing of the update `open`.
    expect(await lines.open(start)).toBe('started');
    expect((await rig.handle(orderId).describe()).runId).toBe(runId);
  });
});
