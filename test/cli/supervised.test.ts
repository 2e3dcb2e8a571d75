import type { OrderAnswer, OrderLineAnswer } from '../../client';
import { COMMANDS, type Command } from '../../domain/commands';
import type { Delivery } from '../../domain/schemas/order';
import { LiveRig } from '../support/live-rig';
import { tokenOf } from '../support/parties';
import { PROOF } from '../support/supervised';
import { steward, type Ended } from './steward';

/** Supervised deliveries from the command line alone: from placing to completion, at a whole Steward. */

let rig: LiveRig;
beforeAll(async () => void (rig = await LiveRig.start({ windows: 'standard' })));
afterAll(() => rig.end());

type Actor = 'platform' | 'operator' | 'seller' | 'buyer';

/** Runs a command as people of a party do. */
async function as(role: Actor, args: string[], stdin = ''): Promise<Ended> {
  const env = { STEWARD_API: rig.apiUrl, STEWARD_TOKEN: await tokenOf(role, `${role}-1`) };
  return steward(args, { env, stdin });
}

async function place(line: { delivery: Delivery; scene?: 'empowerment'; trade?: 'joint' }): Promise<string> {
  const order = rig.newOrder(['open'], line);
  const placed = await as('platform', ['order', 'place', '-'], JSON.stringify(order));
  expect(placed).toMatchObject({ stderr: '', exitCode: 0 });
  return order.orderId;
}

const doing = (orderId: string, command: string, data?: object): string[] => [
  ...['order', 'do', orderId, command],
  ...(data ? ['--data', JSON.stringify(data)] : []),
];

/** Gives a command as whoever may give it, and reads the line. */
async function give(orderId: string, command: Command, data?: object): Promise<OrderLineAnswer> {
  const [role] = COMMANDS[command] as readonly Actor[];
  const { stdout, stderr, exitCode } = await as(role!, [...doing(orderId, command, data), '--json']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout) as OrderLineAnswer;
}

/** Its last mails are out, and its history is sound. */
async function endsSoundly(orderId: string): Promise<void> {
  await rig.ended(orderId);
  await rig.expectSound(orderId);
}

const proof = { proof: PROOF };
const requirement: [Command, object?][] = [
  ['submit-requirement', { requirement: 'Ten seats', attachments: PROOF }],
  ['confirm-requirement'],
];
const delivered: [Command, object?][] = [['deliver', proof], ['accept']];
const LIVES: [Delivery, [Command, object?][]][] = [
  ['saas-offline', [...requirement, ...delivered]],
  ['service', [...requirement, ...delivered]],
  ['license-offline', delivered],
  ['license-package', delivered],
  ['license-device', [['submit-device-id', { deviceId: 'HW-00-1A' }], ...delivered]],
];

test.each(LIVES)('%s', async (delivery, commands) => {
  const orderId = await place({ delivery });
  for (const [command, data] of commands) await give(orderId, command, data);
  const { stdout } = await as('buyer', ['order', 'show', orderId]);
  expect(stdout).toMatch(/^Status +COMPLETED$/m);
  for (const [command] of commands) expect(stdout).toContain(command);
  await endsSoundly(orderId);
});

test('license-code: its code goes from the buyer to the software of the seller, and through a review', async () => {
  const orderId = await place({ delivery: 'license-code', scene: 'empowerment', trade: 'joint' });
  await give(orderId, 'deliver');
  await rig.until(orderId, ({ node }) => node === 'CLAIMING');
  await give(orderId, 'claim-license');
  const shown = await as('buyer', ['order', 'show', orderId, '--json']);
  const { licenseCode } = (JSON.parse(shown.stdout) as OrderAnswer).lines[0]!;
  for (const role of ['seller', 'operator'] as const) {
    expect((await as(role, ['order', 'show', orderId])).stdout).not.toContain(licenseCode);
  }
  const early = await as('buyer', doing(orderId, 'request-unsubscription', UNSUBSCRIPTION));
  expect(early.stderr).toMatch(/^LICENSE_CLAIMED: /);

  const activated = await as('seller', ['license', 'activate', '-'], `${licenseCode}\n`);
  expect(activated).toMatchObject({ stderr: '', exitCode: 0 });
  expect(activated.stdout).toContain(`${orderId}-000001 was activated at`);
  const again = await as('seller', ['license', 'activate', '-'], licenseCode);
  expect(again.stderr).toMatch(/^ALREADY_ACTIVATED: /);
  expect((await give(orderId, 'submit-proof', proof)).node).toBe('REVIEWING');
  expect((await give(orderId, 'review-reject', { reason: 'Unreadable' })).node).toBe('PROVING');
  await give(orderId, 'submit-proof', proof);
  expect(await give(orderId, 'review-pass')).toMatchObject({ status: 'COMPLETED' });
  await endsSoundly(orderId);
});
const UNSUBSCRIPTION = { amount: { currency: 'CNY', minor: 1 }, reason: 'No use' };

test('a negotiated refund and an appeal', async () => {
  const orderId = await place({ delivery: 'service' });
  await give(orderId, 'request-unsubscription', UNSUBSCRIPTION);
  await give(orderId, 'open-appeal', { reason: 'Nobody answers', ...proof });
  const frozen = await as('seller', doing(orderId, 'approve-unsubscription'));
  expect(frozen.stderr).toMatch(/^APPEAL_OPEN: .*operator/);
  const verdict = { verdict: 'refund', amount: UNSUBSCRIPTION.amount, reason: 'So it shall be' };
  await give(orderId, 'resolve-appeal', verdict);
  await endsSoundly(orderId);
  expect(await rig.line(orderId)).toMatchObject({ status: 'UNSUBSCRIBED' });
  expect(rig.refunds(orderId)).toMatchObject([{ amount: UNSUBSCRIPTION.amount }]);
});

describe('what does not fit', () => {
  let orderId: string;
  beforeAll(async () => void (orderId = await place({ delivery: 'license-package' })));

  it.each<[string, object | string, RegExp]>([
    ['no proof', {}, /^INVALID_REQUEST: proof: 1 to 10 documents of \{name, url \(https\), sha256\}\nNext: /],
    [
      'a proof without https',
      { proof: [{ ...PROOF[0], url: 'http://files.example/a' }] },
      /^INVALID_REQUEST: body\.proof\[0\]\.url: .*\nNext: /,
    ],
    [
      'a wrong checksum',
      { proof: [{ ...PROOF[0], sha256: 'abc' }] },
      /^INVALID_REQUEST: body\.proof\[0\]\.sha256: 64 lower-case hex digits\nNext: /,
    ],
    ['an unknown field', { ...proof, node: 'ENDED' }, /^INVALID_REQUEST: body: .*"node".*\nNext: /],
    [
      'a time to come',
      { ...proof, enabledAt: '2999-01-01T00:00:00+08:00' },
      /^INVALID_REQUEST: enabledAt: a moment that is not in the future\nNext: /,
    ],
    ['no JSON', '{proof', /^INVALID_REQUEST: --data is not JSON\nNext: /],
  ])('%s is refused with its place', async (_name, data, told) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const { stdout, stderr, exitCode } = await as('seller', [...doing(orderId, 'deliver'), '--data', text]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(told);
  });

  it('a command out of turn names what is possible', async () => {
    const { stderr, exitCode } = await as('buyer', doing(orderId, 'accept'));
    expect(stderr).toMatch(
      /^NOT_ALLOWED_NOW: accept is not possible in node DELIVERING; possible now: .*deliver/,
    );
    expect(exitCode).toBe(1);
  });

  it('a command that nobody knows names those that there are', async () => {
    const { stderr, exitCode } = await as('buyer', doing(orderId, 'refuse'));
    for (const command of Object.keys(COMMANDS)) expect(stderr).toContain(command);
    expect(exitCode).toBe(2);
  });

  afterAll(async () => {
    for (const [command, data] of delivered) await give(orderId, command, data);
    await endsSoundly(orderId);
  });
});
