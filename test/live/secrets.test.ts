import { secretsIn } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { SECRETS } from '../support/orders';
import { readableFailures, readablePayloads } from '../support/payloads';
import { knownToTemporal, runSecretOrders } from './secret-orders';

/** As Steward runs: with the payload codec. */
let rig: LiveRig;
let orders: string[];

beforeAll(async () => {
  rig = await LiveRig.start();
  orders = await runSecretOrders(rig);
});
afterAll(() => rig.end());

const missingIn = (text: string, words: string[]) => words.filter((word) => !text.includes(word));

test('nothing that Temporal keeps gives a secret away, read with the key', async () => {
  for (const orderId of orders) {
    const known = await knownToTemporal(rig, orderId);
    // What is no secret is read, so what is one would be.
    expect(missingIn(known, [orderId, 'product-1', 'OPENING', 'Tell the platform'])).toEqual([]);
    expect(secretsIn(known, rig.secrets)).toEqual([]);
  }
});

test('nothing of it can be read without the key', async () => {
  for (const orderId of orders) {
    for (const history of await rig.histories(orderId)) {
      expect(readablePayloads(history)).toEqual([]);
      expect(readableFailures(history)).toEqual([]);
    }
  }
  await rig.expectAllSound();
});

test('no log line gives a secret away', () => {
  const log = rig.log();
  expect(missingIn(log, [...orders, 'The server did not answer', 'request completed'])).toEqual([]);
  expect(secretsIn(log, rig.secrets)).toEqual([]);
});

test('a secret in a payload is found', async () => {
  const orderId = await rig.place(['open'], { skuId: SECRETS.accessKey });
  await rig.ended(orderId);
  expect(secretsIn(await knownToTemporal(rig, orderId), rig.secrets)).toEqual(['accessKey']);
});
