import { secretsIn } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { SECRETS } from '../support/orders';
import { readableFailures, readablePayloads } from '../support/payloads';
import { knownToTemporal, runSecretOrders } from './secret-orders';

/** Without the payload codec: what would be readable if it failed, or its key were lost to somebody. */
let rig: LiveRig;
let orders: string[];

beforeAll(async () => {
  rig = await LiveRig.start({ encrypted: false });
  orders = await runSecretOrders(rig);
});
afterAll(() => rig.end());

test('even so nothing that Temporal keeps, and no log line, gives a secret away', async () => {
  for (const orderId of orders) {
    expect(secretsIn(await knownToTemporal(rig, orderId), rig.secrets)).toEqual([]);
  }
  expect(secretsIn(rig.log(), rig.secrets)).toEqual([]);
});

test('payloads and failures are then found readable', async () => {
  const histories = (await Promise.all(orders.map((orderId) => rig.histories(orderId)))).flat();
  const readable = histories.flatMap((history) => readablePayloads(history));
  expect(readable).toContainEqual(expect.stringMatching(/StartedEventAttributes\.input\..*json\/plain/));
  expect(readable).toContainEqual(expect.stringMatching(/userMetadata\.summary.*json\/plain/));
  const failures = histories.flatMap((history) => readableFailures(history));
  expect(failures).toContainEqual(expect.stringContaining('The seller reports a failure'));
});

test('a secret in a payload is found', async () => {
  const orderId = await rig.place(['open'], { skuId: SECRETS.accessKey });
  await rig.ended(orderId);
  expect(secretsIn(await knownToTemporal(rig, orderId), rig.secrets)).toEqual(['accessKey']);
});
