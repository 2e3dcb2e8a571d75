import { writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { LiveRig } from '../support/live-rig';
import { replay } from '../support/history-checks';
let rig: LiveRig;
beforeAll(async () => {
  rig = await LiveRig.start({ server: { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': '20' } } });
});
afterAll(() => rig.end());
test('stress', async () => {
  const bad: string[] = [];
  for (let round = 0; round < 4; round++) {
    const ids = await Promise.all(Array.from({ length: 6 }, () => rig.place(['accept:never'])));
    await Promise.all(ids.map(async (orderId) => {
      await rig.until(orderId, ({ node }) => node === 'POLLING');
      rig.platform.behave('/refunds', [...Array<'http-422'>(6).fill('http-422'), 'take'] as never, orderId);
      const { client } = rig.as('operator');
      await client.command(orderId, 'close', { reason: 'By phone', refund: { currency: 'CNY', minor: 1 } });
      for (let n = 1; n <= 6; n += 1) {
        await rig.until(orderId, ({ node }) => node === 'REFUND_STUCK' && rig.refundRequests(orderId).length === n);
        await client.command(orderId, 'retry-refund', {});
      }
      await rig.ended(orderId);
    }));
    for (const orderId of ids) {
      for (const [n, h] of (await rig.histories(orderId)).entries()) {
        try { await replay(h, rig.handle(orderId).workflowId); } catch (e) {
          bad.push(`${orderId} run ${n} ${String(e).slice(0, 300)}`);
          writeFileSync(`/tmp/bad-${bad.length}.json`, historyToJSON(h));
        }
      }
    }
  }
  writeFileSync('/tmp/scratch.log', rig.log());
  expect(bad).toEqual([]);
}, 190_000);
