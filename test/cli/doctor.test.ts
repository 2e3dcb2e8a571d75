import { chmodSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { ScheduleClient } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import { lockFolder } from '../../db/folder-lock';
import { settlementScheduleId } from '../../domain/ids';
import { SEARCH_ATTRIBUTES } from '../../temporal.config';
import { generateKeys } from '../../workers/generate-keys';
import { registerSearchAttributes } from '../../workers/namespace';
import { ensureSchedules } from '../../workers/schedules';
import { freePort } from '../../workers/servers';
import { consult, DoctorWorld, inState, ON_POSTGRES } from './doctor-world';
import { steward } from './steward';

/** `steward doctor` on a world that is sound, and then with each part of it broken once. */

const DAY = 86_400_000;

let world: DoctorWorld;
const servers: Server[] = [];

beforeAll(async () => {
  world = await DoctorWorld.start();
});
afterAll(async () => {
  for (const one of servers) one.close();
  await world.end();
});

const doctor = (settings?: Record<string, string>, ...options: string[]) =>
  consult(world, settings, ...options);

async function listening(made: Server): Promise<number> {
  servers.push(made);
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return (made.address() as AddressInfo).port;
}

test('a sound installation: nothing is wrong, no mail is sent, the exit code is 0', async () => {
  const lines = await doctor();
  expect({ wrong: inState(lines, 'wrong'), warning: inState(lines, 'warning') }).toEqual({
    wrong: [],
    warning: [],
  });
  expect(inState(lines, 'not checked')).toEqual([...(ON_POSTGRES ? ['state folder'] : []), 'temporal TLS']);
  expect(lines.get('stored data')?.words).toMatch(/^1 encrypted values, all under key \w+$/);
  expect(world.mailbox.mails).toEqual([]);
  expect(world.platform.requests).toEqual([]);
});

test('for people it is one line for each check', async () => {
  const { stdout, exitCode } = await steward(['doctor'], { env: world.env });
  expect(stdout).toMatch(/^ok {11}settings {12}all that worker and API need is set/m);
  expect(stdout).toMatch(/\n\n0 wrong, 0 warning, \d+ not checked, \d+ ok\n$/);
  expect(exitCode).toBe(0);
});

test.each<
  [
    what: string,
    settings: () => Promise<Record<string, string>> | Record<string, string>,
    name: string,
    words: RegExp,
    mend: RegExp,
  ]
>([
  [
    'a missing setting',
    () => ({ PLATFORM_WEBHOOK_SECRET: '' }),
    'settings',
    /PLATFORM_WEBHOOK_SECRET is missing/,
    /set each of them .*"steward keys make" makes keys \(docs\/keys\.md\)$/,
  ],
  [
    'several malformed settings',
    () => ({ STEWARD_WINDOWS: 'slow', OPERATOR_EMAIL: 'nobody', STEWARD_EGRESS_ALLOW: 'no-port' }),
    'settings',
    /STEWARD_WINDOWS.*OPERATOR_EMAIL.*STEWARD_EGRESS_ALLOW/,
    /set each of them .*steward\.env\.example has it$/,
  ],
  [
    'one key for two purposes',
    async () => ({
      STEWARD_CODEC_KEYS: `other:${(await generateKeys(world.folder)).STEWARD_MASTER_KEYS.split(':')[1]}`,
    }),
    'keys',
    /used a second time: STEWARD_CODEC_KEYS/,
    /steward keys make/,
  ],
  [
    'stored data whose key is gone',
    () => ({
      STEWARD_MASTER_KEYS: `new:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`,
    }),
    'stored data',
    /1 in sellers\.access_key_encrypted under key \w+/,
    /add the key of that id again, at the end of the list/,
  ],
  [
    'Temporal that is away',
    async () => ({ TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` }),
    'temporal',
    /^TEMPORAL_UNAVAILABLE: /,
    /look whether Temporal runs and TEMPORAL_ADDRESS/,
  ],
  [
    'a namespace that does not exist',
    () => ({ TEMPORAL_NAMESPACE: 'nowhere' }),
    'namespace',
    /^there is no nowhere$/,
    /temporal operator namespace create -n nowhere/,
  ],
  [
    'a mail server that is away',
    async () => ({ SMTP_URL: `smtp://me:mail-pass-word@127.0.0.1:${await freePort()}` }),
    'mail',
    /no connection to the mail server \(ECONNREFUSED\)/,
    /correct SMTP_URL/,
  ],
  [
    'an authority that has expired',
    async () => {
      const old = { hosts: ['old authority'], notBefore: new Date(0), notAfter: new Date(DAY) } as const;
      const file = join(world.folder, 'old.pem');
      writeFileSync(file, `${world.authority.certPem}\n${(await world.authority.issue(old)).certPem}`);
      return { STEWARD_EGRESS_CA: file };
    },
    'seller authorities',
    /of 2 authorities in STEWARD_EGRESS_CA, CN=old authority has expired, at 1970-01-02/,
    /put its successor into the file/,
  ],
  [
    'a platform that is away',
    async () => ({ PLATFORM_URL: `http://127.0.0.1:${await freePort()}` }),
    'platform',
    /cannot be reached: .*ECONNREFUSED/,
    /correct PLATFORM_URL/,
  ],
  [
    'a key server that is away',
    async () => ({ JWT_SECRET: '', JWT_JWKS_URL: `http://127.0.0.1:${await freePort()}/keys` }),
    'token keys',
    /gives no keys/,
    /correct JWT_JWKS_URL/,
  ],
  [
    'a clock that differs',
    async () => {
      const slow = createServer((_request, answer) => {
        answer.setHeader('date', new Date(Date.now() - 90_000).toUTCString()).end();
      });
      return { PLATFORM_URL: `http://127.0.0.1:${await listening(slow)}` };
    },
    'clock',
    /(89|9\d)\.\d s from that of the platform; sellers refuse signatures/,
    /NTP/,
  ],
])('%s is wrong, and its line names the mend', async (_what, settings, name, words, mend) => {
  const lines = await doctor(await settings());
  expect(lines.get(name)).toEqual({
    name,
    state: 'wrong',
    words: expect.stringMatching(words) as string,
    mend: expect.stringMatching(mend) as string,
  });
  // What is broken keeps none of the others from being looked at.
  expect(inState(lines, 'wrong')).toEqual([name]);
  expect(lines.get('calendar')?.state).not.toBe('not checked');
});

test('a search attribute that is missing, and one of another type', async () => {
  const { dueAt, node } = SEARCH_ATTRIBUTES;
  const remove = (name: string) =>
    world.atTemporal(({ operatorService }) =>
      operatorService.removeSearchAttributes({ namespace: 'default', searchAttributes: [name] }),
    );
  await remove(dueAt.name);
  expect((await doctor()).get('search attributes')).toMatchObject({
    state: 'wrong',
    words: 'missing: DueAt',
    mend: expect.stringContaining(
      'search-attribute create -n default --name DueAt --type Datetime',
    ) as string,
  });
  await remove(node.name);
  const BOOL = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_BOOL;
  await world.atTemporal(({ operatorService }) =>
    operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: { [node.name]: BOOL } }),
  );
  expect((await doctor()).get('search attributes')).toMatchObject({
    state: 'wrong',
    words: expect.stringContaining('another type than Steward writes: Node') as string,
  });
  await remove(node.name);
  await world.atTemporal((connection) => registerSearchAttributes(connection, 'default'));
  expect((await doctor()).get('search attributes')).toMatchObject({ state: 'ok' });
});

test('schedules of the billing runs: when they act next, one that is paused, and one that is missing', async () => {
  const look = async () => (await doctor()).get('billing schedules');
  const at = (day: string) => String.raw`is billed next at 20\d\d-\d\d-${day} 00:00:00 \(UTC\+8\)`;
  expect(await look()).toMatchObject({
    state: 'ok',
    words: expect.stringMatching(`^china ${at('03')}, intl ${at('07')}$`) as string,
  });
  const atChina = <T>(work: (handle: ReturnType<ScheduleClient['getHandle']>) => Promise<T>) =>
    world.atTemporal((connection) =>
      work(new ScheduleClient({ connection }).getHandle(settlementScheduleId('china'))),
    );

  await atChina((handle) => handle.pause('The ledger is looked at'));
  const words = `^china is paused \\(The ledger is looked at\\), intl ${at('07')}$`;
  expect(await look()).toMatchObject({
    state: 'warning',
    words: expect.stringMatching(words) as string,
    mend: expect.stringMatching(/^"Unpause" .*"steward settle --period YYYYMM --site SITE"/) as string,
  });

  await atChina((handle) => handle.delete());
  expect(await look()).toMatchObject({
    state: 'wrong',
    words: 'missing: settlement-china',
    mend: expect.stringMatching(/^start a worker or the API, .*"steward settle --period YYYYMM/) as string,
  });
  await world.atTemporal((connection) => ensureSchedules(connection, 'default'));
  expect(await look()).toMatchObject({ state: 'ok' });
});

test('migrations that are missing, and one of a newer version', async () => {
  const table = sql.raw('drizzle.__drizzle_migrations');
  const move = (by: number) =>
    world.inDatabase((db) =>
      db.execute(sql`update ${table} set created_at = created_at + ${by}
        where id = (select max(id) from ${table})`),
    );
  await move(1);
  expect((await doctor()).get('migrations')).toMatchObject({
    state: 'wrong',
    words: 'the database has 1 migrations that this version does not know',
    mend: expect.stringContaining('run the version of Steward that made them') as string,
  });
  await move(-1);
  const [last] = await world.inDatabase(async (db) => {
    const { rows } = (await db.execute(
      sql`delete from ${table} where id = (select max(id) from ${table}) returning hash, created_at`,
    )) as { rows: { hash: string; created_at: string }[] };
    return rows;
  });
  const lines = await doctor();
  await world.inDatabase((db) =>
    db.execute(sql`insert into ${table} (hash, created_at) values (${last?.hash}, ${last?.created_at})`),
  );
  expect(lines.get('migrations')).toMatchObject({
    state: 'wrong',
    words: expect.stringMatching(/^1 of \d+ migrations are missing$/) as string,
    mend: expect.stringContaining('start a worker or the API') as string,
  });
  expect(lines.get('stored data')).toMatchObject({ state: 'not checked', words: 'see migrations' });
});

test('a TLS connection to Temporal whose certificate expires soon, or has', async () => {
  const at = async (notAfter: Date) => {
    const { certPem, keyPem } = await world.authority.issue({
      hosts: ['localhost'],
      notBefore: new Date(0),
      notAfter,
    });
    const port = await listening(createTlsServer({ cert: certPem, key: keyPem }));
    const lines = await doctor(
      {
        TEMPORAL_ADDRESS: `localhost:${port}`,
        TEMPORAL_TLS: 'true',
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(world.folder, 'ca.pem'),
      },
      '--timeout',
      '4s',
    );
    return lines.get('temporal TLS');
  };
  expect(await at(new Date(Date.now() + 9.5 * DAY))).toMatchObject({
    state: 'warning',
    words: expect.stringContaining('expires in 9 days') as string,
    mend: expect.stringContaining("renew the Temporal server's certificate") as string,
  });
  expect(await at(new Date(DAY))).toMatchObject({
    state: 'wrong',
    words: expect.stringContaining('certificate has expired') as string,
    mend: expect.stringContaining("renew the Temporal server's certificate") as string,
  });
});

test('what never answers takes only its own time', async () => {
  const silent = createServer(() => undefined);
  const lines = await doctor(
    { PLATFORM_URL: `http://127.0.0.1:${await listening(silent)}` },
    '--timeout',
    '5s',
  );
  expect(lines.get('platform')).toMatchObject({
    state: 'wrong',
    words: expect.stringMatching(/no answer|abort/) as string,
  });
  expect(lines.get('temporal')).toMatchObject({ state: 'ok' });
  expect(lines.get('mail')).toMatchObject({ state: 'ok' });
  silent.closeAllConnections();
});

test('a part is not asked for what only the other one needs', async () => {
  const lines = await doctor(
    { PLATFORM_URL: '', SMTP_URL: '', PLATFORM_WEBHOOK_SECRET: '' },
    '--part',
    'api',
  );
  expect(lines.get('settings')).toMatchObject({ state: 'ok' });
  expect(lines.get('mail')).toMatchObject({ state: 'not checked', words: 'only workers need it' });
});

if (!ON_POSTGRES) {
  test('while "steward up" works on its folder, the rest is looked at', async () => {
    const lock = await lockFolder(join(world.folder, 'pglite'));
    const lines = await doctor({ SMTP_URL: '', PLATFORM_URL: '' });
    await lock.release();
    expect(inState(lines, 'wrong')).toEqual([]);
    expect(lines.get('database')).toMatchObject({
      state: 'not checked',
      words: expect.stringContaining(`process ${process.pid} works on it`) as string,
    });
    expect(lines.get('platform')).toMatchObject({ state: 'not checked', words: '"steward up" plays it' });
  });

  test('keys that others can read, and a folder that is not there', async () => {
    chmodSync(join(world.folder, 'keys.json'), 0o644);
    const open = (await doctor()).get('state folder');
    chmodSync(join(world.folder, 'keys.json'), 0o600);
    expect(open).toMatchObject({ state: 'wrong', mend: expect.stringContaining('chmod 600') as string });
    const none = await doctor({ STEWARD_STATE: join(world.folder, 'nothing') });
    expect(none.get('state folder')).toMatchObject({
      state: 'wrong',
      mend: expect.stringContaining('start "steward up" once') as string,
    });
    expect(none.get('database')).toMatchObject({ state: 'not checked' });
  });
}
