import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderAnswer } from '../../client';
import { createCertificateAuthority } from '../../sim/certificates';
import { startPlatform } from '../../sim/platform';
import { startSeller } from '../../sim/seller';
import { generateKeys } from '../../workers/generate-keys';
import { freePort, startDevServer } from '../../workers/servers';
import { createTestDatabase } from '../support/database';
import { startTestMailbox } from '../support/mailbox';
import { orderBody, SECRETS } from '../support/orders';
import { BIN, steward, stewardProcess } from './steward';

/** `steward worker` and `steward api`, each a process of its own. */

describe.each(['worker', 'api'])('%s', (command) => {
  test('needs PostgreSQL: the embedded database belongs to "steward up"', async () => {
    const { stdout, stderr, exitCode } = await steward([command]);
    expect(stderr).toMatch(/^CONFIG_INVALID: Setting DATABASE_URL: .*PostgreSQL.*\nNext: /);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  });
});

/** Settings of each, without those that only the other one needs. */
const ALONE = {
  worker: {
    PLATFORM_URL: 'https://platform.example',
    PLATFORM_WEBHOOK_SECRET: `whsec_${key(4)}`,
    SMTP_URL: 'smtps://mail.example',
    STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
  },
  api: { JWT_SECRET: 'x'.repeat(32) },
};
const SHARED = {
  DATABASE_URL: 'postgres://user:pass-word@127.0.0.1:9/no',
  STEWARD_MASTER_KEYS: `m:${key(1)}`,
  STEWARD_CODEC_KEYS: `c:${key(2)}`,
};

describe.each(['worker', 'api'] as const)('%s', (command) => {
  test.each(Object.keys(ALONE[command]))('names %s when it is missing', async (setting) => {
    const env = { ...SHARED, ...ALONE[command], [setting]: '' };
    const { stderr, exitCode } = await steward([command], { env });
    expect(stderr).toMatch(new RegExp(`^(CONFIG_INVALID|KEY_MISSING): Setting ${setting}\\b.*missing`));
    expect(exitCode).toBe(1);
  });

  test('needs nothing of the other, and says when the database is away', async () => {
    const { stderr, exitCode } = await stewardProcess([command], { env: { ...SHARED, ...ALONE[command] } });
    expect(stderr).toMatch(/^DATABASE_UNAVAILABLE: .*\nNext: .*DATABASE_URL/);
    expect(stderr).not.toContain('pass-word');
    expect(exitCode).toBe(1);
  });
});

function key(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64');
}

/** With `npm run test:postgres` only: here PGlite cannot stand in. */
if (process.env['STEWARD_TEST_DATABASE'] === 'postgres') {
  test('together they open an order, and end in order when asked to', async () => {
    const world = await startWorld();
    const apiPort = String(await freePort());
    const api = start(['api', '--port', apiPort], world.env);
    await api.says('API started');
    const worker = start(['worker'], world.env);
    await worker.says('worker started');

    const env = {
      ...world.env,
      STEWARD_API: `http://127.0.0.1:${apiPort}`,
      STEWARD_ACCESS_KEY: SECRETS.accessKey,
    };
    const as = async (role: string, args: string[], stdin = '') => {
      const { stdout: token } = await steward(['token', '--role', role, '--party', `${role}-1`], { env });
      const { stdout, stderr } = await steward([...args, '--json'], {
        env: { ...env, STEWARD_TOKEN: token.trim() },
        stdin,
      });
      expect(stderr).toBe('');
      return JSON.parse(stdout) as unknown;
    };
    await as('platform', [
      'seller',
      'put',
      'seller-1',
      '--name',
      'S',
      '--email',
      SECRETS.email,
      '--language',
      'en',
    ]);
    await as('platform', [
      'product',
      'put',
      'seller-1',
      'product-1',
      '--name',
      'P',
      '--url',
      world.productionUrl,
    ]);
    await as('platform', ['order', 'place', '-'], JSON.stringify(orderBody('CS1')));
    const status = async () =>
      ((await as('operator', ['order', 'show', 'CS1'])) as OrderAnswer).lines[0]?.status;
    while ((await status()) !== 'COMPLETED') await sleep(100);

    expect(await Promise.all([worker.stop(), api.stop()])).toEqual([0, 0]);
  });
}

/** What a test started, also if it failed: ended in reverse. */
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The world around them: database, Temporal, a seller and a platform, and the settings that name these. */
async function startWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'steward-cli-'));
  const database = await createTestDatabase();
  const temporal = await startDevServer({ namespace: 'default' });
  const keys = await generateKeys(folder);
  const authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['localhost'] });
  const seller = await startSeller({ accessKey: SECRETS.accessKey, certificate });
  const platform = await startPlatform({ secret: keys.PLATFORM_WEBHOOK_SECRET });
  const mailbox = await startTestMailbox();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authority.certPem);
  const env = {
    ...keys,
    STEWARD_STATE: folder,
    STEWARD_WINDOWS: 'fast',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    PLATFORM_URL: platform.url,
    SMTP_URL: mailbox.url,
    STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
    STEWARD_EGRESS_ALLOW: new URL(seller.url).host,
    STEWARD_EGRESS_CA: caFile,
  };
  cleanups.push(async () => {
    await seller.close();
    await platform.close();
    await mailbox.close();
    await temporal.stop();
    await database.drop();
    rmSync(folder, { recursive: true });
  });
  return { env, productionUrl: seller.url };
}

/** A child process that logs JSON lines. */
function start(args: string[], env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [BIN, ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const log = createInterface({ input: child.stdout! });
  return {
    /** Resolves when it has logged this. */
    async says(words: string): Promise<void> {
      for await (const [line] of on(log, 'line', { close: ['close'] }) as AsyncIterable<[string]>) {
        if ((JSON.parse(line) as { msg: string }).msg === words) return;
      }
      throw new Error(`${args.join(' ')} ended before "${words}"`);
    },
    async stop(): Promise<number> {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await ended) as [number];
      return code;
    },
  };
}
