import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request, type Dispatcher } from 'undici';
import { sign } from '../../activities/production';
import {
  createCertificateAuthority,
  type CertificateAndKey,
  type CertificateAuthority,
} from '../../sim/certificates';
import { startSeller, type Script, type SellerOptions, type SimulatedSeller } from '../../sim/seller';

const KEY = 'sim-access-key-0123456789';

let authority: CertificateAuthority;
let certificate: CertificateAndKey;
let agent: Dispatcher;
const sellers: SimulatedSeller[] = [];

beforeAll(async () => {
  authority = await createCertificateAuthority();
  certificate = await authority.issue({ hosts: ['localhost'] });
  agent = new Agent({ connect: { ca: authority.certPem } });
});
afterEach(() => Promise.all(sellers.splice(0).map((seller) => seller.close())));
afterAll(() => agent.close());

async function start(options: Partial<SellerOptions> = {}): Promise<SimulatedSeller> {
  const seller = await startSeller({ accessKey: KEY, certificate, ...options });
  sellers.push(seller);
  return seller;
}

interface Query {
  timestamp?: string;
  nonce?: string;
  accessKey?: string;
}

let nonces = 0;
async function post(seller: SimulatedSeller, fields: object, query: Query = {}, signal?: AbortSignal) {
  const { timestamp = String(Date.now()), nonce = `nonce-${(nonces += 1)}`, accessKey = KEY } = query;
  const body = JSON.stringify(fields);
  const signature = sign({ accessKey, nonce, timestamp, body });
  const answer = await request(
    `${seller.url}?${new URLSearchParams({ signature, timestamp, nonce }).toString()}`,
    {
      dispatcher: agent,
      method: 'POST',
      body,
      signal: signal ?? null,
    },
  );
  const text = await answer.body.text();
  return { status: answer.statusCode, ...(text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)) };
}

const create = (businessId: string, orderId = 'o-1', orderLineId = `${orderId}-000001`) => ({
  activity: 'newInstance',
  businessId,
  orderId,
  orderLineId,
});
const query = (instanceId: string) => ({ activity: 'queryInstance', instanceId });
const release = (instanceId: string) => ({ activity: 'releaseInstance', instanceId, orderId: 'o-1-U1' });

describe('who calls', () => {
  const call = create('b-1');

  test('with another key, or a changed body, is refused with 000001', async () => {
    const seller = await start();
    expect(await post(seller, call, { accessKey: 'another-key' })).toMatchObject({ resultCode: '000001' });
    seller.useKey('changed-key-0123456789');
    expect(await post(seller, call)).toMatchObject({ resultCode: '000001' });
    expect(await post(seller, call, { accessKey: 'changed-key-0123456789' })).toMatchObject({
      resultCode: '000000',
    });
    expect(seller.instances).toHaveLength(1);
  });

  test.each([
    ['61 s late', () => String(Date.now() - 61_000)],
    ['61 s early', () => String(Date.now() + 61_000)],
    ['in seconds', () => String(Math.floor(Date.now() / 1000))],
    ['without a timestamp', () => ''],
  ])('%s is refused with 000002', async (_name, timestamp) => {
    const seller = await start();
    expect(await post(seller, call, { timestamp: timestamp() })).toMatchObject({ resultCode: '000002' });
    expect(seller.instances).toEqual([]);
  });

  test('with a nonce that was used before is refused with 000002', async () => {
    const seller = await start();
    expect(await post(seller, call, { nonce: 'once' })).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, call, { nonce: 'once' })).toMatchObject({ resultCode: '000002' });
    expect(seller.calls.map(({ did }) => did)).toEqual(['open', '000002']);
  });

  test('without JSON gets HTTP 400', async () => {
    const seller = await start();
    const answer = await request(seller.url, { dispatcher: agent, method: 'POST', body: 'nonsense' });
    expect(answer.statusCode).toBe(400);
    await answer.body.dump();
  });
});

describe('a notice of an order', () => {
  const notify = (orderId: string) => ({
    activity: 'orderNotify',
    orderId,
    orderLineId: `${orderId}-000001`,
  });

  test('is taken with 000000, and makes nothing', async () => {
    const seller = await start();
    expect(await post(seller, notify('o-1'))).toMatchObject({ status: 200, resultCode: '000000' });
    expect(seller.calls).toMatchObject([{ activity: 'orderNotify', did: 'open', body: notify('o-1') }]);
    expect(seller.instances).toEqual([]);
  });

  test('fails as its order’s script says', async () => {
    const seller = await start();
    seller.script('o-1', ['000005', 'http-500', 'open'], 'orderNotify');
    expect(await post(seller, notify('o-1'))).toMatchObject({ resultCode: '000005' });
    expect(await post(seller, notify('o-2'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, notify('o-1'))).toMatchObject({ status: 500 });
    expect(await post(seller, notify('o-1'))).toMatchObject({ resultCode: '000000' });
  });
});

describe('an instance', () => {
  test('is made once for an order line, with the businessId of the first request', async () => {
    const seller = await start();
    expect(await post(seller, create('b-1'))).toMatchObject({ resultCode: '000000', instanceId: 'b-1' });
    expect(await post(seller, create('b-2'))).toMatchObject({ resultCode: '000000', instanceId: 'b-1' });
    expect(await post(seller, create('b-3', 'o-1', 'o-1-000002'))).toMatchObject({ instanceId: 'b-3' });
    expect(seller.instances.map(({ instanceId }) => instanceId)).toEqual(['b-1', 'b-3']);
  });

  test('is shown to a query, several at a time', async () => {
    const seller = await start({ appInfo: { frontEndUrl: 'https://app.example/' } });
    await post(seller, create('b-1', 'o-1'));
    await post(seller, create('b-2', 'o-2'));
    const appInfo = { frontEndUrl: 'https://app.example/' };
    expect(await post(seller, query('b-1,b-2,b-9'))).toMatchObject({
      resultCode: '000000',
      info: [
        { instanceId: 'b-1', appInfo },
        { instanceId: 'b-2', appInfo },
      ],
    });
    expect(await post(seller, query('b-9'))).toMatchObject({ resultCode: '000003' });
  });

  test('is released once, however often it is asked for', async () => {
    const seller = await start();
    await post(seller, create('b-1'));
    expect(await post(seller, release('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, release('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(seller.instances).toEqual([expect.objectContaining({ instanceId: 'b-1', released: true })]);
    expect(await post(seller, release('b-9'))).toMatchObject({ resultCode: '000003' });
  });
});

describe('a script', () => {
  test('is played step by step, and its last step again and again', async () => {
    const seller = await start({ scripts: { 'o-1': ['000005', 'http-500', 'open'] } });
    const answers = [];
    for (const id of ['b-1', 'b-2', 'b-3', 'b-4']) answers.push(await post(seller, create(id)));
    expect(answers).toMatchObject([
      { status: 200, resultCode: '000005' },
      { status: 500 },
      { resultCode: '000000', instanceId: 'b-3' },
      { resultCode: '000000', instanceId: 'b-3' },
    ]);
    expect(await post(seller, create('b-5', 'o-2'))).toMatchObject({ resultCode: '000000' });
  });

  test('accepts, and is ready at the query that it names', async () => {
    const seller = await start({ scripts: { 'o-1': ['accept-without-id', 'accept:2'] } });
    const first = await post(seller, create('b-1'));
    expect(first).toMatchObject({ resultCode: '000004' });
    expect(first).not.toHaveProperty('instanceId');
    expect(await post(seller, create('b-2'))).toMatchObject({ resultCode: '000004', instanceId: 'b-2' });
    expect(await post(seller, query('b-2'))).toMatchObject({ resultCode: '000004' });
    expect(await post(seller, query('b-2'))).toMatchObject({
      resultCode: '000000',
      info: [{ instanceId: 'b-2' }],
    });
    expect(await post(seller, create('b-3'))).toMatchObject({ resultCode: '000000', instanceId: 'b-2' });
  });

  test('accepts and is never ready', async () => {
    const seller = await start({ scripts: { 'o-1': ['accept:never'] } });
    await post(seller, create('b-1'));
    for (let n = 0; n < 5; n += 1)
      expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000004' });
  });

  test('can be given for each activity of an order, and anew', async () => {
    const seller = await start();
    await post(seller, create('b-1'));
    seller.script('o-1', ['000104', 'open'], 'queryInstance');
    seller.script('o-1', ['000005'], 'releaseInstance');
    expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000104' });
    expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, release('b-1'))).toMatchObject({ resultCode: '000005' });
    seller.script('o-1', ['000104', 'open'], 'queryInstance');
    expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000104' });
    expect(seller.instances[0]).toMatchObject({ released: false });
  });

  test.each<[Script, number]>([
    [['hang'], 0],
    [['drip'], 0],
    [['reset'], 0],
    [['open-unanswered'], 1],
  ])('of %j gives no answer', async (script, made) => {
    const seller = await start({ scripts: { 'o-1': script } });
    const called = once(seller.events, 'call');
    const outcome = post(seller, create('b-1'), {}, AbortSignal.timeout(300)).then(
      () => 'answered',
      () => 'not answered',
    );
    await called;
    expect(await outcome).toBe('not answered');
    expect(seller.instances).toHaveLength(made);
  });
});

describe('what it is told by hand', () => {
  test('counts before the script of an order from the next call on, until there is a new script', async () => {
    const seller = await start({ scripts: { 'o-1': ['000104'] } });
    expect(await post(seller, create('b-1'))).toMatchObject({ resultCode: '000104' });
    seller.behave('fails', 'o-1');
    expect(await post(seller, create('b-2'))).toMatchObject({ resultCode: '000005' });
    seller.behave('opens', 'o-1');
    expect(await post(seller, create('b-3'))).toMatchObject({ resultCode: '000000', instanceId: 'b-3' });
    seller.script('o-1', ['000104']);
    expect(await post(seller, create('b-4'))).toMatchObject({ resultCode: '000104' });
  });

  test('makes what was accepted and never got ready ready: at once, or at the second query', async () => {
    const seller = await start({ scripts: { 'o-1': ['accept:never'], 'o-2': ['accept:never'] } });
    for (const [id, orderId] of [
      ['b-1', 'o-1'],
      ['b-2', 'o-2'],
    ] as const) {
      await post(seller, create(id, orderId));
      expect(await post(seller, query(id))).toMatchObject({ resultCode: '000004' });
    }
    seller.behave('opens', 'o-1');
    seller.behave('accepts', 'o-2');
    expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, query('b-2'))).toMatchObject({ resultCode: '000004' });
    expect(await post(seller, query('b-2'))).toMatchObject({ resultCode: '000000' });
  });

  test('about other orders counts for those of which nothing is said, whichever calls they make', async () => {
    const seller = await start({ scripts: { 'o-1': ['open'] } });
    await post(seller, create('b-2', 'o-2'));
    seller.behave('opens', 'o-3');
    seller.behave('fails');
    expect(seller.others).toBe('fails');
    expect(await post(seller, create('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, release('b-2'))).toMatchObject({ resultCode: '000005' });
    expect(await post(seller, create('b-3', 'o-3'))).toMatchObject({ resultCode: '000000' });
    expect(await post(seller, create('b-4', 'o-4'))).toMatchObject({ resultCode: '000005' });
  });

  test('is seen beside its genuine calls, the latest five of each order line, and what comes next', async () => {
    const seller = await start({ scripts: { 'o-1': ['000104', 'accept:2'] } });
    expect(seller.outlook()).toEqual([]);
    await post(seller, create('b-0'), { accessKey: 'another-key' });
    await post(seller, create('b-1'));
    const line = { orderId: 'o-1', orderLineId: 'o-1-000001', told: undefined, instance: undefined };
    const first = { activity: 'newInstance', at: expect.any(Number) as number, did: '000104' };
    const next = { activity: 'newInstance', step: 'accept:2' };
    expect(seller.outlook()).toEqual([{ ...line, calls: 1, latest: [first], next }]);
    await post(seller, create('b-2'));
    for (let n = 0; n < 4; n += 1) await post(seller, query('b-2'));
    await post(seller, create('b-3', 'o-2'));
    seller.behave('hangs', 'o-1');
    const [known, other] = seller.outlook();
    expect(known).toMatchObject({
      calls: 6,
      told: 'hangs',
      next: { activity: 'releaseInstance', step: 'hang' },
    });
    expect(known!.latest.map(({ did }) => did)).toEqual(['accept:2', 'open', 'open', 'open', 'open']);
    expect(other).toMatchObject({ orderId: 'o-2', calls: 1, instance: { instanceId: 'b-3' } });
  });
});

describe('with a state file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-seller-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('a seller that starts again goes on with its instances and scripts', async () => {
    const options = {
      stateFile: join(folder, 'seller.json'),
      scripts: { 'o-2': ['000005', 'accept:2'] as const },
    };
    const first = await start(options);
    await post(first, create('b-1'));
    await post(first, create('b-2', 'o-2'));
    // Not closed: the second one sees what a killed process leaves.
    const second = await start(options);
    expect(second.calls).toEqual([]);
    expect(await post(second, create('b-3'))).toMatchObject({ instanceId: 'b-1' });
    expect(await post(second, create('b-4', 'o-2'))).toMatchObject({
      resultCode: '000004',
      instanceId: 'b-4',
    });
    const third = await start(options);
    expect(await post(third, query('b-4'))).toMatchObject({ resultCode: '000004' });
    expect(await post(third, query('b-4'))).toMatchObject({ resultCode: '000000' });
    expect(third.instances).toHaveLength(2);
  });

  test('one that starts again goes on with what it was told and with the calls that it had', async () => {
    const options = { stateFile: join(folder, 'seller.json'), scripts: { 'o-1': ['000005'] as const } };
    const first = await start(options);
    await post(first, create('b-1'));
    first.behave('opens', 'o-1');
    first.behave('hangs');
    const second = await start(options);
    expect(second.others).toBe('hangs');
    expect(second.outlook()).toEqual(first.outlook());
    expect(await post(second, create('b-2'))).toMatchObject({ resultCode: '000000' });
  });

  test('a file of 0.3.0, of instances and scripts only, is gone on with', async () => {
    const stateFile = join(folder, 'seller.json');
    const instance = { instanceId: 'b-1', orderId: 'o-1', orderLineId: 'o-1-000001' };
    const made = { ...instance, readyAfter: 0, queries: 0, released: false };
    writeFileSync(stateFile, JSON.stringify({ instances: [made], done: {} }));
    const seller = await start({ stateFile });
    expect(await post(seller, query('b-1'))).toMatchObject({ resultCode: '000000' });
    expect(seller.others).toBe('opens');
  });
});
