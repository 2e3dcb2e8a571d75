import type { BundleView } from '../../domain/bundle';
import { activitiesOf } from '../../workers/runtime';
import { BundleRig, type PlacedBundle } from '../support/bundles';
import { eventually } from '../support/eventually';
import type { LiveRig } from '../support/live-rig';
import { RECIPIENT } from '../support/orders';
import { mailsIn } from '../support/summaries';
import { PROOF, refusalOf } from '../support/supervised';

/** Bundles with goods on their way, and what people do to their unsubscription in the Temporal UI (domain.md 3.1). */

let rig: LiveRig;
let bundles: BundleRig;

beforeAll(async () => {
  bundles = await BundleRig.start();
  ({ rig } = bundles);
});
afterAll(() => rig.end());
afterEach(() => bundles.expectAllSound());

const place: BundleRig['place'] = (...lines) => bundles.place(...lines);

const view = (bundle: PlacedBundle) => bundle.handle.query<BundleView>('view');

test('goods in transit are asked about, and an operator comes before their seller; the others are asked at once', async () => {
  const bundle = await place({}, { delivery: 'hardware', recipient: RECIPIENT });
  const { client } = rig.as('buyer');
  const shipped = { carrier: 'shunfeng', trackingNumber: 'SF-10000001', proof: PROOF };
  const second = { orderLineId: bundle.lineId(2) };
  await bundle.sellerOf(2).client.command(bundle.orderId, 'ship', shipped, second);

  const unsaid = bundle.request();
  await expect(unsaid).rejects.toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
  await expect(unsaid).rejects.toThrow(`Order line ${bundle.lineId(2)}: received: true or false`);
  expect(await bundle.statuses()).toEqual([undefined, undefined]);

  const ask = () => client.requestBundleUnsubscription(bundle.orderId, { ...bundle.wish(), received: false });
  const asked = await ask();
  expect(asked.lines.map(({ unsubscription }) => unsubscription?.status)).toEqual([
    'REQUESTED',
    'OPERATOR_CONFIRMING',
  ]);
  await expect(bundle.approve(2)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' });
  await bundle.withdraw();
  const mails = () => bundle.lineHandle(2).fetchHistory().then(mailsIn);
  const told = await eventually(mails, (all) => all.some((mail) => mail.includes('withdrawn')));
  expect(told.filter((mail) => mail.startsWith('unsubscription-'))).toEqual([
    'unsubscription-in-transit operator',
    'unsubscription-withdrawn operator',
  ]);

  await ask();
  await bundle.approve(1);
  await rig.as('operator').client.command(bundle.orderId, 'confirm-unsubscription', {}, second);
  await bundle.approve(2);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED');
  expect(bundle.refunds()).toEqual([100, 200]);
});

test('a line that was locked when somebody terminated its bundle is free again, to be closed or cancelled', async () => {
  const bundle = await place({}, {}, {});
  const { askLine } = activitiesOf(rig.runtime);
  await rig.stopWorker();
  await rig.startWorker({
    askLine: (input) =>
      input.step === 'lock' && input.orderLineId === bundle.lineId(2)
        ? Promise.reject(new Error('This line is not reached'))
        : askLine(input),
  });
  await bundle.request();
  for (const n of [1, 2, 3]) await bundle.approve(n);
  await eventually(
    () => view(bundle),
    ({ lines }) => [0, 2].every((n) => lines[n]?.standing === 'LOCKED'),
  );
  await expect(bundle.close(1)).rejects.toMatchObject({ code: 'BUNDLE_DECIDING', status: 409 });
  await bundle.lineHandle(3).cancel();
  const asked = (await bundle.lineHandle(1).describe()).historyLength;
  // It looks whether the bundle still runs, which does: nothing is given back.
  await eventually(
    async () => (await bundle.lineHandle(1).describe()).historyLength,
    (now) => now > asked + 4,
  );
  expect(await bundle.statuses()).toEqual(['REQUESTED', 'REQUESTED', 'REQUESTED']);

  await bundle.handle.terminate('by mistake');
  const lines = await bundle.until(
    ([one, , three]) => one?.unsubscription?.status === 'REFUSED' && three?.status === 'CLOSED',
  );
  expect(lines.map(({ status }) => status)).toEqual(['PROCESSING', 'PROCESSING', 'CLOSED']);
  await bundle.close(1);
  await bundle.close(2);
  await bundle.until((all) => all.every(({ status }) => status === 'CLOSED'));
  expect(bundle.refunds()).toEqual([5, 5, bundle.order.lines[2]!.amount.minor]);
});

test('a request that somebody reset to its begin goes on where its lines stand', async () => {
  const bundle = await place({}, {});
  await bundle.request();
  await bundle.approve(1);
  await eventually(
    () => view(bundle),
    ({ lines }) => lines[0]?.standing === 'AGREED',
  );
  const { connection, options } = rig.runtime.client;
  const { events } = await bundle.handle.fetchHistory();
  const first = events?.find((event) => event.workflowTaskCompletedEventAttributes != null);
  const { workflowId, runId } = await bundle.handle.describe();
  await connection.workflowService.resetWorkflowExecution({
    ...{ namespace: options.namespace, workflowExecution: { workflowId, runId }, reason: '' },
    ...{ workflowTaskFinishEventId: first!.eventId!, requestId: `reset ${bundle.orderId}` },
  });
  await eventually(
    () => view(bundle),
    ({ phase, lines }) => phase === 'WAITING' && lines[0]?.standing === 'AGREED',
  );
  expect((await bundle.handle.describe()).runId).not.toBe(runId);
  await bundle.approve(2);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED');
  expect(bundle.refunds()).toEqual([100, 200]);
});

test('what somebody sends wrongly from the Temporal UI holds nothing up', async () => {
  const bundle = await place({}, {});
  await bundle.request();
  const { requestId } = await view(bundle);
  await bundle.handle.signal('standing');
  await bundle.handle.signal('standing', { requestId, orderLineId: bundle.lineId(1) });
  for (const step of ['reserve', 'ask', 'lock', 'unlock', 'refund', 'free']) {
    const sent = bundle.lineHandle(1).executeUpdate(`${step}-unsubscription`, { args: [{ requestId }] });
    expect(await refusalOf(sent)).toBe('INVALID_REQUEST');
  }
  await bundle.approve(1);
  await bundle.approve(2);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED');
});
