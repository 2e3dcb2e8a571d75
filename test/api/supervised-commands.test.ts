import { COMMAND_NAMES, COMMANDS, type Command } from '../../domain/commands';
import { ROLES, type Role } from '../../domain/parties';
import { PROOF } from '../support/supervised';
import { expectProblem, orderBody, registerSeller, send, startRig, type Rig } from './rig';

/** The commands of supervised deliveries at the API: who may give them, and with what. */

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
  await rig.as('platform').place(orderBody('ONE', [{ delivery: 'service' }]));
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

/** The parties of the order. */
const OWN: Partial<Record<Role, string>> = { seller: 'S1', buyer: 'B1' };
const as = (role: Role) => rig.as(role, OWN[role]);

const reason = 'It does not fit';
const amount = { currency: 'CNY', minor: 100 };
/** What each command carries at its fullest. */
const DATA = {
  'submit-requirement': { requirement: 'Ten seats', attachments: PROOF },
  'confirm-requirement': {},
  'reject-requirement': { reason },
  'submit-device-id': { deviceId: 'HW-00-1A-2B' },
  deliver: { proof: PROOF, enabledAt: '2026-11-23T18:00:00+08:00' },
  ship: { carrier: 'shunfeng', trackingNumber: 'SF-00000001', proof: PROOF },
  'correct-logistics': { carrier: 'shunfeng', trackingNumber: 'SF-00000001' },
  'remind-buyer': {},
  'claim-license': {},
  'submit-proof': { proof: PROOF },
  'review-pass': {},
  'review-reject': { reason },
  accept: {},
  reject: { reason },
  'request-unsubscription': { amount, reason, received: true },
  'confirm-unsubscription': {},
  'refuse-unsubscription': { reason },
  'approve-unsubscription': {},
  'reject-unsubscription': { reason },
  'withdraw-unsubscription': {},
  'open-appeal': { reason, proof: PROOF },
  'resolve-appeal': { verdict: 'refund', amount, reason },
} satisfies Partial<Record<Command, object>>;
type Supervised = keyof typeof DATA;
const ALL = Object.keys(DATA) as Supervised[];

it('are all here', () => {
  const others = [
    'restart-call',
    'confirm-release',
    'close',
    'retry-refund',
    'record-refund',
    'change-address',
    'unsubscribe',
  ];
  expect([...ALL, ...others].sort()).toEqual([...COMMAND_NAMES].sort());
});

describe.each(ALL)('%s', (command) => {
  const roles: readonly Role[] = COMMANDS[command];

  it('reaches the line from its roles, with who gave it and with what', async () => {
    for (const role of roles) {
      expect((await as(role).command(`ONE/${command}`, DATA[command])).status).toBe(200);
    }
    const given = rig.lines.given.map(({ request }) => request);
    expect(given).toEqual(
      roles.map((role) => ({ by: { role, sub: OWN[role] ?? `${role}-1` }, data: DATA[command] })),
    );
  });

  it('is refused to all other roles', async () => {
    for (const role of ROLES.filter((one) => !roles.includes(one))) {
      const answer = await as(role).command(`ONE/${command}`, DATA[command]);
      expect(expectProblem(answer, 403, 'FORBIDDEN').detail).toContain(roles.join(' or '));
    }
    expect(rig.lines.given).toEqual([]);
  });

  it('finds no order of another party', async () => {
    for (const role of roles.filter((one) => one !== 'operator')) {
      const answer = await rig.as(role, 'X9').command(`ONE/${command}`, DATA[command]);
      expectProblem(answer, 404, 'NOT_FOUND');
      expect(answer.text).not.toContain('ONE-000001');
    }
    expect(rig.lines.given).toEqual([]);
  });

  it('takes no field that it does not know', async () => {
    const [role] = roles as [Role];
    const answer = await as(role).command(`ONE/${command}`, { ...DATA[command], node: 'ENDED' });
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain('node');
    expect(rig.lines.given).toEqual([]);
  });
});

const [document] = PROOF as [(typeof PROOF)[number]];
const long = (n: number) => 'x'.repeat(n);

describe('data that does not fit is refused with its place', () => {
  const proofs: [object, string][] = [
    [[{ ...document, url: 'http://files.example/a.pdf' }], '[0].url'],
    [[{ ...document, url: 'javascript:alert(1)' }], '[0].url'],
    [[{ ...document, url: `https://files.example/${long(1_000)}` }], '[0].url'],
    [[{ ...document, sha256: 'abc' }], '[0].sha256'],
    [[{ ...document, sha256: 'A'.repeat(64) }], '[0].sha256'],
    [[{ ...document, name: 'two\nlines' }], '[0].name'],
    [[{ ...document, content: 'JVBERi0=' }], '[0]'],
    [[document, { ...document, name: ' ' }], '[1].name'],
    [Array.from({ length: 11 }, () => document), ''],
  ];
  const carriers: [Supervised, 'proof' | 'attachments'][] = [
    ['submit-requirement', 'attachments'],
    ['deliver', 'proof'],
    ['submit-proof', 'proof'],
    ['open-appeal', 'proof'],
  ];
  const documents = carriers.flatMap(([command, field]) =>
    proofs.map(([list, place]): [Supervised, string, object] => [
      command,
      `body.${field}${place}`,
      { [field]: list },
    ]),
  );
  const reasons = ALL.filter((command) => 'reason' in DATA[command]).flatMap((command) =>
    ['', '   ', long(501), 'two\nlines', 7].map((bad): [Supervised, string, object] => [
      command,
      'body.reason',
      { reason: bad },
    ]),
  );
  const money = ['request-unsubscription', 'resolve-appeal'].flatMap((command) =>
    [-1, 0.5, 1e15, '100', null].map((minor): [Supervised, string, object] => [
      command as Supervised,
      'body.amount.minor',
      { amount: { currency: 'CNY', minor } },
    ]),
  );

  it.each<[Supervised, string, object]>([
    ...documents,
    ...reasons,
    ...money,
    ['submit-proof', 'body.proof', { proof: [] }],
    ['open-appeal', 'body.proof', { proof: [] }],
    ['open-appeal', 'body.proof', { proof: undefined }],
    ['submit-requirement', 'body.requirement', { requirement: long(2_001) }],
    ['submit-device-id', 'body.deviceId', { deviceId: long(129) }],
    ['submit-device-id', 'body.deviceId', { deviceId: 42 }],
    ['deliver', 'body.enabledAt', { enabledAt: '2026-11-23' }],
    ['deliver', 'body.enabledAt', { enabledAt: '2026-11-23T18:00:00' }],
    ['deliver', 'body.enabledAt', { enabledAt: '2026-02-30T18:00:00+08:00' }],
    ['request-unsubscription', 'body.amount.currency', { amount: { currency: 'XXX', minor: 1 } }],
    ['request-unsubscription', 'body.received', { received: 'yes' }],
    ['resolve-appeal', 'body.verdict', { verdict: 'close' }],
    ['resolve-appeal', 'body.verdict', { verdict: 'maybe' }],
  ])('%s: %s %j', async (command, place, bad) => {
    const [role] = COMMANDS[command] as readonly Role[] as [Role];
    const answer = await as(role).command(`ONE/${command}`, { ...DATA[command], ...bad });
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain(place);
    expect(rig.lines.given).toEqual([]);
  });

  it('up to its bounds it is taken', async () => {
    const ten = Array.from({ length: 10 }, () => document);
    const buyer = as('buyer');
    const full = { requirement: long(2_000), attachments: ten };
    expect((await buyer.command('ONE/submit-requirement', full)).status).toBe(200);
    expect((await buyer.command('ONE/open-appeal', { reason: long(500), proof: ten })).status).toBe(200);
    expect((await as('seller').command('ONE/deliver', {})).status).toBe(200);
  });
});

it('the document for programs has each with its body', async () => {
  type Schema = { properties?: Record<string, object>; required?: string[] };
  type OpenApi = {
    paths: Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
  };
  const { paths } = (await send<OpenApi>(rig.app, { url: '/docs/json' })).body;
  for (const command of ALL) {
    for (const path of ['/v1/orders/{orderId}', '/v1/orders/{orderId}/lines/{orderLineId}']) {
      const { schema } = paths[`${path}/${command}`]!.post.requestBody.content['application/json']!;
      // A bundle is asked for as a whole, with all of its lines.
      const whole = command === 'request-unsubscription' && !path.includes('lines') ? ['lines'] : [];
      const fields = [...Object.keys(DATA[command]), ...whole].sort();
      expect(Object.keys(schema.properties ?? {}).sort()).toEqual(fields);
    }
  }
});
