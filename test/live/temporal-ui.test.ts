import type { History } from '@temporalio/common/lib/proto-utils';
import type { OrderLineAnswer } from '../../client';
import { formatTime } from '../../domain/time';
import { LiveRig } from '../support/live-rig';
import { summaryOf } from '../support/summaries';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

/** The "current details" of a line's page. */
async function page(orderId: string): Promise<string> {
  const metadata = await rig
    .handle(orderId)
    .query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails ?? '';
}

const until = ({ dueAt }: OrderLineAnswer) => formatTime(Date.parse(dueAt!));
const operate = () => rig.as('operator').client;

describe('the page of a line', () => {
  it('says on its head what is sold, by whom and for how much, and nobody it belongs to by name', async () => {
    const orderId = await rig.place(['open']);
    await rig.ended(orderId);
    const description = await rig.handle(orderId).describe();
    expect(await description.staticSummary()).toBe('saas product-1 of seller-1, 9900.00 CNY');
    const details = (await description.staticDetails()) ?? '';
    for (const word of [orderId, `${orderId}-000001`, 'product-1', 'sku-1', 'seller-1', 'buyer-1'])
      expect(details).toContain(word);
    expect(details).toMatch(/9900\.00 CNY \(ONE_TIME\)/);
  });

  it('of a failing order tells what failed, how often, whose move it is, until when, and what comes next', async () => {
    const orderId = await rig.place(['000104', 'http-500', 'open']);
    const first = await rig.until(orderId, ({ log }) => log.length === 2);
    const after = await page(orderId);
    expect(after).toMatch(/Opening at the seller · 开通中.*OPENING.*PROCESSING/);
    expect(after).toMatch(/Whose move:\W+seller/);
    expect(after).toContain(`Due call 2 of 4 at ${until(first)}`);
    expect(after).toMatch(/unsubscribed and refunded by itself.*restart-call/);
    expect(after).toMatch(/newInstance 1\b/);
    expect(after).toMatch(/Last failed call:.*000104/);

    await operate().command(orderId, 'restart-call', {});
    await rig.until(orderId, ({ log }) => log.length === 4);
    const again = await page(orderId);
    expect(again).toMatch(/newInstance 2\b/);
    expect(again).toMatch(/Last failed call:.*500/);
    expect(again).not.toMatch(/Last failed call:.*000104/);
    expect(again).toContain(`Due call 2 of 4 at ${until(first)}`);

    await operate().command(orderId, 'restart-call', {});
    await rig.ended(orderId);
    const ended = await page(orderId);
    expect(ended).toMatch(/Ended · 已结束.*COMPLETED/);
    expect(ended).toMatch(/Whose move:\W+nobody/);
    expect(ended).not.toContain('Last failed call');
  });

  it('follows an order through acceptance, a refund that is stuck, and its release', async () => {
    const orderId = await rig.place(['accept:never']);
    const polling = await rig.until(orderId, ({ node }) => node === 'POLLING');
    const accepted = await page(orderId);
    expect(accepted).toMatch(/Accepted, waiting for the instance/);
    expect(accepted).toContain(until(polling));

    rig.platform.behave('/refunds', ['http-422', 'take'], orderId);
    rig.seller.script(orderId, ['000104', 'open'], 'releaseInstance');
    const refund = { currency: 'CNY', minor: 12_345 };
    await operate().command(orderId, 'close', { reason: '*Agreed* by [phone](x)', refund });
    await rig.until(orderId, ({ node }) => node === 'REFUND_STUCK');
    const stuck = await page(orderId);
    expect(stuck).toMatch(/Whose move:\W+operator/);
    expect(stuck).toMatch(/no time limit/);
    expect(stuck).toMatch(/retry-refund.*record-refund/);
    expect(stuck).toMatch(/Refund:.*123\.45 CNY/);
    expect(stuck).toContain(`${orderId}-000001-U1`);
    expect(stuck).toMatch(/HTTP 422/);
    expect(stuck).not.toContain('[phone](x)');

    await operate().command(orderId, 'retry-refund', {});
    const releasing = await rig.until(
      orderId,
      ({ node, log }) => node === 'RELEASING' && /failed/.test(log.at(-1)?.note ?? ''),
    );
    const failed = await page(orderId);
    expect(failed).toMatch(/Releasing at the seller.*RELEASING.*CLOSED/);
    expect(failed).toContain(until(releasing));
    expect(failed).toMatch(/Last failed call:.*000104/);
    await operate().command(orderId, 'restart-call', {});
    await rig.ended(orderId);
  });

  it('shows what a seller wrote, and draws none of it', async () => {
    const orderId = await rig.place(['markup', 'open']);
    await rig.until(orderId, ({ log }) => log.length === 2);
    const after = await page(orderId);
    for (const words of ['Down', 'evil.example', 'now']) expect(after).toContain(words);
    const drawn = after.replace(/\\./g, '');
    expect(drawn).not.toMatch(/[<>[\]#]|https?:|now\*/);
    // Elsewhere it is plain text, and stays as it was.
    const { items } = await operate().sellerCalls({ orderId });
    const call = items.find(({ activity }) => activity === 'newInstance');
    expect(call?.exception).toContain('<img src=x onerror=alert(1)>');
    await operate().command(orderId, 'restart-call', {});
    await rig.ended(orderId);
  });
});

describe('the history', () => {
  it('has a summary on every timer, activity and local activity', async () => {
    const orderId = await rig.place(['000005', 'accept:never']);
    await rig.until(orderId, ({ log }) => log.length === 2);
    await operate().command(orderId, 'restart-call', {});
    await rig.until(orderId, ({ node }) => node === 'POLLING');
    await operate().command(orderId, 'restart-call', {});
    await rig.until(orderId, ({ log }) => log.length === 5);
    rig.seller.script(orderId, ['000005', 'open'], 'releaseInstance');
    rig.platform.behave('/refunds', ['http-422', 'take'], orderId);
    const refund = { currency: 'CNY', minor: 1 };
    await operate().command(orderId, 'close', { reason: 'By phone', refund });
    await rig.until(orderId, ({ node }) => node === 'REFUND_STUCK');
    await operate().command(orderId, 'retry-refund', {});
    await rig.until(orderId, ({ log }) => /releaseInstance call 1 failed/.test(log.at(-1)?.note ?? ''));
    await operate().command(orderId, 'restart-call', {});
    await rig.ended(orderId);

    const [{ events = [] }] = (await rig.histories(orderId)) as [History];
    const worded: Record<string, string[]> = {};
    for (const event of events ?? []) {
      const kind =
        event.activityTaskScheduledEventAttributes?.activityType?.name ??
        (event.timerStartedEventAttributes && 'timer') ??
        (event.markerRecordedEventAttributes?.markerName === 'core_local_activity' && 'local activity');
      if (kind) (worded[kind] ??= []).push((await summaryOf(event)) ?? 'NONE');
    }
    const isWorded = (expected: (string | RegExp)[]) =>
      expected.map((one) => expect.stringMatching(one) as string);
    expect(worded).toMatchObject({
      newInstance: isWorded([/Due call 1 of 4/, /Extra call asked for by restart-call/]),
      queryInstance: isWorded([/Extra query/]),
      refund: isWorded([/Refund/, /Refund/]),
      releaseInstance: isWorded([/Release .*-U1/, /Release .*-U1/]),
    });
    expect(worded['deliverEvents']).toContain('Tell the platform: order.call_failed');
    expect(worded['timer']).toEqual(
      expect.arrayContaining(isWorded([/Wait for due call 2 of 4/, /Wait for the next query/])),
    );
    expect(worded['local activity']?.length).toBeGreaterThan(5);
    expect(Object.values(worded).flat()).not.toContain('NONE');
  });
});
