import type { OrderLineAnswer } from '../../client';
import type { Command } from '../../domain/commands';
import type { Role } from '../../domain/parties';
import { formatTime } from '../../domain/time';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const DAY = 86_400_000;
const at = (ms: number) => `'${new Date(Date.now() + ms).toISOString()}'`;

async function give(
  orderId: string,
  by: Role,
  command: Command,
  data: object = {},
): Promise<OrderLineAnswer> {
  const { status, body } = await rig.as(by).post<OrderLineAnswer>(`/orders/${orderId}/${command}`, data);
  expect({ command, status }).toEqual({ command, status: 200 });
  return body;
}

/** The list of the Temporal UI shows the line under this filter; it lags behind. */
async function expectListed(orderId: string, filter: string): Promise<void> {
  const query = `OrderId = '${orderId}' AND ${filter}`;
  const count = async () => (await rig.runtime.client.workflow.count(query)).count;
  await expect(eventually(count, (found) => found === 1)).resolves.toBe(1);
}

/** The "current details" of the line's page in the Temporal UI. */
async function page(orderId: string): Promise<string> {
  const handle = rig.handle(orderId);
  const { currentDetails = '' } = await handle.query<{ currentDetails?: string }>(
    '__temporal_workflow_metadata',
  );
  return currentDetails;
}

test('a service goes from the API through to its end, and the Temporal UI tells where it stands', async () => {
  const orderId = await rig.place(['open'], { delivery: 'service', scene: 'empowerment', trade: 'joint' });
  await expectListed(orderId, `Node = 'SUBMITTING_REQUIREMENT' AND WaitingFor = 'buyer' AND DueAt IS NULL`);
  await give(orderId, 'buyer', 'submit-requirement', { requirement: 'Ten seats' });
  await give(orderId, 'seller', 'confirm-requirement');

  const amount = { currency: 'CNY', minor: 100 };
  await give(orderId, 'buyer', 'request-unsubscription', { amount, reason: 'Too *slow*' });
  const pending = await rig.until(orderId, ({ dueAt }) => dueAt !== null);
  // Seven working days, among weekends and holidays.
  const window = `DueAt BETWEEN ${at(6 * DAY)} AND ${at(21 * DAY)}`;
  await expectListed(orderId, `Node = 'DELIVERING' AND WaitingFor = 'seller' AND ${window}`);
  const shown = await page(orderId);
  expect(shown).toContain(`**Until:** ${formatTime(Date.parse(pending.dueAt!))}`);
  expect(shown).toMatch(/Whose move:\*\* seller/);
  expect(shown).toContain('`approve-unsubscription` (seller)');
  expect(shown).toContain('REQUESTED, 1.00 CNY: Too \\*slow\\*');
  await give(orderId, 'seller', 'reject-unsubscription', { reason: 'Nearly done' });
  await expectListed(orderId, `DueAt IS NULL AND WaitingFor = 'seller'`);

  await give(orderId, 'seller', 'deliver', { proof: PROOF });
  await expectListed(orderId, `Node = 'REVIEWING' AND WaitingFor = 'operator'`);
  await give(orderId, 'operator', 'review-pass');
  await give(orderId, 'buyer', 'accept');
  expect(await rig.ended(orderId)).toMatchObject({
    status: 'COMPLETED',
    unsubscription: { status: 'REJECTED' },
  });
  await expectListed(orderId, `Node = 'ENDED' AND WaitingFor = 'nobody' AND OrderStatus = 'COMPLETED'`);
  expect(rig.refundRequests(orderId)).toEqual([]);
});

test('an order ends while the mail server is down; its mails come once each when it is back', async () => {
  await rig.mailbox.goDown();
  const orderId = await rig.place(['open'], { delivery: 'license-package' });
  await give(orderId, 'seller', 'deliver', { proof: PROOF });
  await give(orderId, 'buyer', 'accept');
  const ended = await rig.until(orderId, ({ node }) => node === 'ENDED');
  expect(ended.status).toBe('COMPLETED');
  await eventually(
    () => Promise.resolve(rig.platform.events.filter((event) => event.orderId === orderId)),
    (events) => events.length === 1,
  );
  const mailsOf = async () => {
    const { mails } = rig.mailbox;
    const read = await Promise.all(
      mails.map(async (mail) => ({ mail, text: await rig.mailbox.read(mail.id) })),
    );
    return read.filter(({ text }) => JSON.stringify(text).includes(orderId)).map(({ mail }) => mail);
  };
  expect(await mailsOf()).toEqual([]);
  expect((await rig.handle(orderId).describe()).status.name).toBe('RUNNING');

  await rig.mailbox.comeBack();
  await rig.handle(orderId).result();
  const mails = await mailsOf();
  expect(mails.map(({ times }) => times)).toEqual([1, 1, 1, 1]);
  expect(mails.map(({ to }) => to).sort()).toEqual([
    ...['seller@seller.example', 'seller@seller.example'],
    ...['xiaoming@buyer.example', 'xiaoming@buyer.example'],
  ]);
  expect(await rig.line(orderId)).toEqual(ended);
});
