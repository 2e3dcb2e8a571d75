import { BundleRig } from '../support/bundles';
import { eventually } from '../support/eventually';
import type { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';

/** Bundles are unsubscribed as a whole, or not at all (domain.md 3.1). */

let rig: LiveRig;
let bundles: BundleRig;

beforeAll(async () => {
  bundles = await BundleRig.start();
  ({ rig } = bundles);
});
afterAll(() => rig.end());
afterEach(() => bundles.expectAllSound());

const place: BundleRig['place'] = (...lines) => bundles.place(...lines);

test('approved by every seller, all lines are refunded what was asked for, and none before the last approval', async () => {
  const bundle = await place({}, {}, {});
  const asked = await bundle.request();
  expect(asked.lines).toMatchObject(
    [1, 2, 3].map((n) => ({
      orderLineId: bundle.lineId(n),
      waitingFor: 'seller',
      unsubscription: { id: `${bundle.lineId(n)}-U1`, status: 'REQUESTED', amount: { minor: n * 100 } },
    })),
  );

  const first = await bundle.approve(1);
  expect(first).toMatchObject({
    waitingFor: 'nobody',
    unsubscription: { status: 'REQUESTED', agreed: true },
  });
  expect(first.allowed.map(({ command }) => command)).not.toContain('reject-unsubscription');
  await expect(bundle.approve(1)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', status: 409 });
  await expect(bundle.reject(1)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' });
  await bundle.approve(2);
  await eventually(
    () => bundle.handle.query<{ lines: { standing: string }[] }>('view'),
    ({ lines }) => lines.filter(({ standing }) => standing === 'AGREED').length === 2,
  );
  expect(bundle.refunds()).toEqual([undefined, undefined, undefined]);

  await bundle.approve(3);
  const ended = await bundle.untilStatuses('REFUNDED', 'REFUNDED', 'REFUNDED');
  expect(ended).toMatchObject([1, 2, 3].map(() => ({ status: 'UNSUBSCRIBED' })));
  expect(bundle.refunds()).toEqual([100, 200, 300]);
  expect(await bundle.outcome()).toEqual({ outcome: 'APPROVED' });
});

test('one line that refuses frees all: its code, its id in the detail, and nothing was asked of any seller', async () => {
  const bundle = await place({}, { delivery: 'license-code' }, {});
  const seller = bundle.sellerOf(2).client;
  const second = { orderLineId: bundle.lineId(2) };
  await seller.command(bundle.orderId, 'deliver', {}, second);
  await bundle.until((lines) => lines[1]?.node === 'CLAIMING');
  await rig.as('buyer').client.command(bundle.orderId, 'claim-license', {}, second);

  const refused = bundle.request();
  await expect(refused).rejects.toMatchObject({ code: 'LICENSE_CLAIMED', status: 409 });
  await expect(refused).rejects.toThrow(`Order line ${bundle.lineId(2)}: The licence code was claimed`);
  expect(await bundle.outcome()).toEqual({ outcome: 'REFUSED' });
  expect(await bundle.statuses()).toEqual([undefined, undefined, undefined]);

  // The others go on as if nothing had been asked.
  for (const n of [1, 3]) {
    const own = { orderLineId: bundle.lineId(n) };
    await bundle.sellerOf(n).client.command(bundle.orderId, 'deliver', { proof: PROOF }, own);
    await rig.as('buyer').client.command(bundle.orderId, 'accept', {}, own);
  }
  const again = bundle.request();
  await expect(again).rejects.toMatchObject({ code: 'ORDER_ENDED', status: 409 });
  await bundle.close(2);
});

test('what one line alone may not be refunded, its amount, its trial, its kind, is refused with its id', async () => {
  const bundle = await place({}, { amount: { currency: 'CNY', minor: 150 } });
  const { client } = rig.as('buyer');
  const ask = () => bundle.request();
  await expect(ask()).rejects.toMatchObject({ code: 'REFUND_TOO_LARGE' });
  await expect(ask()).rejects.toThrow(`Order line ${bundle.lineId(2)}: At most 1.50 CNY was paid`);
  const trial = await place({}, { trial: true });
  await expect(trial.request()).rejects.toMatchObject({ code: 'TRIAL_NOT_REFUNDABLE' });

  const [one, two] = bundle.wish().lines;
  for (const lines of [[one!], [one!, one!], [one!, two!, { ...one!, orderLineId: 'another' }]]) {
    const asked = client.requestBundleUnsubscription(bundle.orderId, { reason: 'No use', lines });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
  }
  await bundle.closeAll();
  await trial.closeAll();
});

test('a line of a bundle takes no request and no withdrawal of its own; the whole order takes only the whole', async () => {
  const bundle = await place();
  const { client, post } = rig.as('buyer');
  const own = { orderLineId: bundle.lineId(1) };
  const single = { amount: { currency: 'CNY', minor: 1 }, reason: 'No use' };
  const alone = client.command(bundle.orderId, 'request-unsubscription', single, own);
  await expect(alone).rejects.toMatchObject({ code: 'BUNDLE_ONLY', status: 409 });
  const whole = client.command(bundle.orderId, 'request-unsubscription', single);
  await expect(whole).rejects.toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
  await bundle.request();
  const withdrawn = client.command(bundle.orderId, 'withdraw-unsubscription', {}, own);
  await expect(withdrawn).rejects.toMatchObject({ code: 'BUNDLE_ONLY', status: 409 });

  // Another order's line, and other parties.
  const orderId = await rig.place(['open'], { delivery: 'license-offline' });
  const lines = [{ orderLineId: `${orderId}-000001`, amount: single.amount }];
  const noBundle = client.requestBundleUnsubscription(orderId, { reason: 'No use', lines });
  await expect(noBundle).rejects.toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
  expect(await post(`/orders/${orderId}/request-unsubscription`, single)).toMatchObject({ status: 200 });
  const stranger = await rig.other('buyer', 'buyer-2');
  const path = `/orders/${bundle.orderId}/request-unsubscription`;
  expect(await stranger.post(path, bundle.wish())).toMatchObject({ status: 404 });
  expect(await bundle.sellerOf(1).post(path, bundle.wish())).toMatchObject({ status: 403 });

  await bundle.withdraw();
  await bundle.closeAll();
});

test('one rejection ends all as REJECTED, its seller having approved or not; the next request is a new one', async () => {
  const bundle = await place({}, {}, {});
  await bundle.request();
  await bundle.approve(1);
  await bundle.reject(2, 'It is in use, *says* the seller');
  const lines = await bundle.untilStatuses('REJECTED', 'REJECTED', 'REJECTED');
  expect(lines.map(({ waitingFor }) => waitingFor)).toEqual(['seller', 'seller', 'seller']);
  expect(await bundle.outcome()).toEqual({ outcome: 'REJECTED' });
  expect(bundle.refunds()).toEqual([undefined, undefined, undefined]);
  // The words of a seller are for the buyer and itself.
  expect(JSON.stringify(lines[0])).not.toContain('in use');
  expect(JSON.stringify(lines[0]?.log)).toContain(bundle.lineId(2));

  const again = await bundle.request('Now really');
  expect(again.lines).toMatchObject(
    [1, 2, 3].map((n) => ({ unsubscription: { id: `${bundle.lineId(n)}-U2`, status: 'REQUESTED' } })),
  );
  for (const n of [3, 2, 1]) await bundle.approve(n);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED', 'REFUNDED');
  expect(bundle.refunds()).toEqual([100, 200, 300]);
});

test('the buyer takes it back for all lines, and may claim and accept again', async () => {
  const bundle = await place({}, { delivery: 'license-code' });
  await bundle
    .sellerOf(1)
    .client.command(bundle.orderId, 'deliver', { proof: PROOF }, { orderLineId: bundle.lineId(1) });
  await bundle.sellerOf(2).client.command(bundle.orderId, 'deliver', {}, { orderLineId: bundle.lineId(2) });
  await bundle.until((lines) => lines[1]?.node === 'CLAIMING');
  await expect(bundle.withdraw()).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', status: 409 });

  await bundle.request();
  await bundle.approve(2);
  const { client } = rig.as('buyer');
  const held = [
    client.command(bundle.orderId, 'accept', {}, { orderLineId: bundle.lineId(1) }),
    client.command(bundle.orderId, 'claim-license', {}, { orderLineId: bundle.lineId(2) }),
  ];
  for (const command of held) await expect(command).rejects.toMatchObject({ code: 'UNSUBSCRIPTION_PENDING' });

  const withdrawn = await bundle.withdraw();
  expect(withdrawn.lines.map(({ unsubscription }) => unsubscription?.status)).toEqual([
    'WITHDRAWN',
    'WITHDRAWN',
  ]);
  expect(await bundle.outcome()).toEqual({ outcome: 'WITHDRAWN' });
  await expect(bundle.approve(1)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' });
  const accepted = await client.command(bundle.orderId, 'accept', {}, { orderLineId: bundle.lineId(1) });
  expect(accepted.status).toBe('COMPLETED');
  await client.command(bundle.orderId, 'claim-license', {}, { orderLineId: bundle.lineId(2) });
  expect(bundle.refunds()).toEqual([undefined, undefined]);
  await bundle.close(2);
});

test('an operator who closes one line meanwhile ends the request; the others go on', async () => {
  const bundle = await place({}, {}, {});
  await bundle.request();
  await bundle.approve(1);
  await bundle.close(2, 7);
  await bundle.until((lines) => lines[0]?.unsubscription?.status === 'REFUSED');
  const lines = await bundle.until((all) => all[2]?.unsubscription?.status === 'REFUSED');
  expect(await bundle.outcome()).toEqual({ outcome: 'REFUSED' });
  expect(lines.map(({ status }) => status)).toEqual(['PROCESSING', 'CLOSED', 'PROCESSING']);
  expect(bundle.refunds()).toEqual([undefined, 7, undefined]);
  await bundle.close(1);
  await bundle.close(3);
});

test('an appeal against an approved line holds all up until an operator resumes it', async () => {
  const bundle = await place();
  await bundle.request();
  await bundle.approve(1);
  const own = { orderLineId: bundle.lineId(1) };
  await rig
    .as('buyer')
    .client.command(bundle.orderId, 'open-appeal', { reason: 'Too slow', proof: PROOF }, own);
  await bundle.approve(2);
  await eventually(
    () => bundle.handle.query<{ phase: string; lines: { standing: string }[] }>('view'),
    ({ lines }) => lines[0]?.standing === 'FROZEN' && lines[1]?.standing === 'AGREED',
  );
  expect(bundle.refunds()).toEqual([undefined, undefined]);

  const resume = { verdict: 'resume' as const, reason: 'It goes on' };
  await rig.as('operator').client.command(bundle.orderId, 'resolve-appeal', resume, own);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED');
  expect(bundle.refunds()).toEqual([100, 200]);
});

test('an appeal that completes one line ends the request of all', async () => {
  const bundle = await place();
  await bundle.request();
  const own = { orderLineId: bundle.lineId(1) };
  await bundle
    .sellerOf(1)
    .client.command(bundle.orderId, 'open-appeal', { reason: 'All done', proof: PROOF }, own);
  await bundle.approve(2);
  const complete = { verdict: 'complete' as const, reason: 'It was delivered' };
  await rig.as('operator').client.command(bundle.orderId, 'resolve-appeal', complete, own);
  const lines = await bundle.untilStatuses('REFUSED', 'REFUSED');
  expect(lines.map(({ status }) => status)).toEqual(['COMPLETED', 'PROCESSING']);
  await bundle.close(2);
});

test('the same request, under its key or without, is one; a different one waits for the first', async () => {
  const bundle = await place();
  const { client, post } = rig.as('buyer');
  const path = `/orders/${bundle.orderId}/request-unsubscription`;
  const keyed = { idempotencyKey: `ask ${bundle.orderId}` };
  const tabs = await Promise.all(
    [1, 2, 3].map(() => client.requestBundleUnsubscription(bundle.orderId, bundle.wish(), keyed)),
  );
  for (const tab of tabs) expect(tab).toEqual(tabs[0]);
  expect(await post(path, bundle.wish())).toMatchObject({ status: 200 });
  expect(await post(path, bundle.wish('Another reason'))).toMatchObject({
    ...{ status: 409, body: { code: 'UNSUBSCRIPTION_PENDING' } },
  });
  const [line] = await bundle.lines();
  expect(line?.log.filter(({ note }) => note.includes('asked for'))).toHaveLength(1);

  await bundle.withdraw();
  // Its answer came once and for all: under this key nothing is asked anew.
  await client.requestBundleUnsubscription(bundle.orderId, bundle.wish(), keyed);
  expect(await bundle.statuses()).toEqual(['WITHDRAWN', 'WITHDRAWN']);
  await bundle.closeAll();
});

test('the Temporal UI tells where the request stands, and a cancellation there takes it back', async () => {
  const bundle = await place();
  await bundle.request('Too *slow*');
  await bundle.approve(1);
  const { workflow } = rig.runtime.client;
  const query = `OrderId = '${bundle.orderId}' AND WorkflowType = 'bundleUnsubscription' AND Node = 'WAITING' AND WaitingFor = 'seller'`;
  await eventually(
    async () => (await workflow.count(query)).count,
    (count) => count === 1,
  );
  const page = async () => {
    const { currentDetails = '' } = await bundle.handle.query<{ currentDetails?: string }>(
      '__temporal_workflow_metadata',
    );
    return currentDetails;
  };
  await eventually(page, (text) => text.includes('approved'));
  expect(await page()).toContain(`\`${bundle.lineId(2)}\`, 2.00 CNY of \`seller-2\`: waits for its seller`);
  expect(await page()).toContain('Too \\*slow\\*');

  await bundle.handle.cancel();
  await bundle.untilStatuses('REFUSED', 'REFUSED');
  await bundle.closeAll();
});

test('a request whose workflow somebody terminated holds no line for ever', async () => {
  const bundle = await place();
  await bundle.request();
  await bundle.handle.terminate('by mistake');
  // The first seller's answer finds nobody; the second line is taken over by the next request.
  await bundle.approve(1);
  await bundle.until((lines) => lines[0]?.unsubscription?.status === 'REFUSED');
  await bundle.request('Once more');
  await bundle.approve(1);
  await bundle.approve(2);
  await bundle.untilStatuses('REFUNDED', 'REFUNDED');
  expect(bundle.refunds()).toEqual([100, 200]);
});
