import type { OrderLineAnswer } from '../../client';
import { readLicenseCode } from '../../db/license-code';
import type { Command } from '../../domain/commands';
import type { Role } from '../../domain/parties';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';
import { knownToTemporal } from './secret-orders';

/** A licence code is its buyer's from the claim on, and nobody else's ever (domain.md 2.4). */
let rig: LiveRig;
let orderId: string;
/** What the seller's, the operator's and the platform's requests were answered, at each stage. */
const seen: Record<string, string[]> = { seller: [], operator: [], platform: [] };
const buyerSaw: (string | undefined)[] = [];
let code: string;

/** Everybody looks at the order, and at its list. */
async function look(): Promise<void> {
  for (const role of ['seller', 'operator', 'platform'] as const) {
    const { client } = rig.as(role);
    seen[role]!.push(JSON.stringify([await client.getOrder(orderId), await client.listOrders()]));
  }
  const [line] = (await rig.as('buyer').client.getOrder(orderId)).lines;
  buyerSaw.push(line!.licenseCode);
}

/** Some of what each command is answered goes to others than the buyer. */
async function give(role: Role, command: Command, data: object): Promise<void> {
  const { status, body } = await rig.as(role).post<OrderLineAnswer>(`/orders/${orderId}/${command}`, data);
  expect({ command, status }).toEqual({ command, status: 200 });
  seen[role]?.push(JSON.stringify(body));
}

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
  orderId = await rig.place(['open'], { delivery: 'license-code' });
  await give('seller', 'deliver', {});
  await rig.until(orderId, ({ node }) => node === 'CLAIMING');
  await look();
  await give('buyer', 'claim-license', {});
  await look();
  code = buyerSaw[1] ?? '';
  const seller = rig.as('seller');
  // Typed as people do; once for a heartbeat too early, and once too often.
  await seller.post('/licenses/heartbeat', { license: code });
  await seller.post('/licenses/activate', { license: code.toLowerCase() });
  await seller.post('/licenses/activate', { license: code.replaceAll('-', ' ') });
  await (await rig.other('seller', 'seller-2')).post('/licenses/activate', { license: code });
  await give('seller', 'submit-proof', { proof: PROOF });
  await rig.ended(orderId);
  await look();
}, 120_000);
afterAll(() => rig.end());

/** Whether a text gives the code away, in whatever way it is written. */
const tells = (text: string) => {
  const plain = code.replaceAll('-', '');
  const signs = text.toUpperCase();
  return [code, plain, code.replaceAll('-', ' ')].some((written) => signs.includes(written));
};

test('its buyer sees it from the claim on', () => {
  expect(buyerSaw).toEqual([undefined, code, code]);
  expect(readLicenseCode(code)).toBe(code);
});

test.each(['seller', 'operator', 'platform'])('%s never sees it', (role) => {
  expect(seen[role]!.length).toBeGreaterThanOrEqual(3);
  expect(seen[role]!.every((text) => text.includes(orderId))).toBe(true);
  expect(seen[role]!.filter(tells)).toEqual([]);
});

test('no history and no search attribute has it, decrypted and decoded', async () => {
  const known = await knownToTemporal(rig, orderId);
  for (const word of ['claim-license', 'activate-license', 'submit-proof', 'PROVING']) {
    expect(known).toContain(word);
  }
  expect(tells(known)).toBe(false);
});

test('no log line has it', () => {
  const log = rig.log();
  expect(log).toContain(orderId);
  expect(log).toContain('/v1/licenses/activate');
  expect(tells(log)).toBe(false);
});

test('no mail has it: not in its headers, its text or its HTML', async () => {
  const mails = await Promise.all(rig.mailbox.mails.map(({ id }) => rig.mailbox.read(id)));
  const texts = mails.map((mail) => JSON.stringify(mail));
  expect(texts.filter((text) => text.includes(orderId)).length).toBeGreaterThanOrEqual(4);
  expect(texts.filter(tells)).toEqual([]);
});

test('neither what the platform is told nor what the seller is called with has it', () => {
  expect(rig.platform.events.map(({ type }) => type)).toContain('order.completed');
  expect(tells(JSON.stringify([rig.platform.events, rig.seller.calls]))).toBe(false);
});

test('what would give it away is found', async () => {
  const told = await rig.place(['open'], { delivery: 'service', skuId: code });
  await eventually(() => knownToTemporal(rig, told), tells);
  await rig.as('operator').client.command(told, 'close', {
    reason: 'A test',
    refund: { currency: 'CNY', minor: 0 },
  });
  await rig.ended(told);
  await rig.expectAllSound();
});
