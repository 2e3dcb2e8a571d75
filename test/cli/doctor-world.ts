import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@temporalio/client';
import { openDatabase, type Database } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { putSeller } from '../../db/sellers';
import { createCertificateAuthority, type CertificateAuthority } from '../../sim/certificates';
import type { Mailbox } from '../../sim/mailbox';
import { startPlatform, type SimulatedPlatform } from '../../sim/platform';
import { temporalProfile } from '../../temporal.config';
import { connectClient } from '../../workers/connection';
import { generateKeys } from '../../workers/generate-keys';
import { masterKeys } from '../../workers/keys';
import { registerSearchAttributes, setRetention } from '../../workers/namespace';
import { ensureSchedules } from '../../workers/schedules';
import { startDevServer, type DevServer } from '../../workers/servers';
import { createTestDatabase } from '../support/database';
import { startTestMailbox } from '../support/mailbox';
import { SECRETS } from '../support/orders';
import { steward } from './steward';

/** With `npm run test:postgres` it is a production shape, else what `steward up` leaves. */
export const ON_POSTGRES = process.env['STEWARD_TEST_DATABASE'] === 'postgres';

/** What is said of one check. */
export interface Line {
  name: string;
  state: string;
  words: string;
  mend: string | null;
}

/** A sound installation for `steward doctor`: one seller is registered, nothing else happened. */
export class DoctorWorld {
  private constructor(
    readonly folder: string,
    /** The settings that name all of it. */
    readonly env: Record<string, string>,
    readonly server: DevServer,
    readonly platform: SimulatedPlatform,
    readonly mailbox: Mailbox,
    readonly authority: CertificateAuthority,
    private readonly drop: (() => Promise<void>) | undefined,
  ) {}

  static async start(): Promise<DoctorWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'steward-doctor-'));
    const keys = await generateKeys(folder);
    const server = await startDevServer({ namespace: 'default' });
    const platform = await startPlatform({ secret: keys.PLATFORM_WEBHOOK_SECRET });
    const mailbox = await startTestMailbox();
    const authority = await createCertificateAuthority();
    writeFileSync(join(folder, 'ca.pem'), authority.certPem);
    const database = ON_POSTGRES ? await createTestDatabase() : undefined;
    const env = {
      STEWARD_STATE: folder,
      ...(database && { DATABASE_URL: database.url, ...keys }),
      TEMPORAL_ADDRESS: server.address,
      PLATFORM_URL: platform.url,
      SMTP_URL: mailbox.url,
      MAIL_FROM: 'steward@market.example',
      OPERATOR_EMAIL: 'operators@market.example',
      STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
      STEWARD_EGRESS_CA: join(folder, 'ca.pem'),
    };
    const world = new DoctorWorld(folder, env, server, platform, mailbox, authority, database?.drop);
    await world.inDatabase(async (db) => {
      await migrate(db);
      const { email, accessKey } = SECRETS;
      await putSeller(db, masterKeys(keys), 'seller-1', { name: 'S', email, language: 'zh', accessKey });
    });
    await world.atTemporal(async (connection) => {
      await registerSearchAttributes(connection, 'default');
      await setRetention(connection, 'default');
      await ensureSchedules(connection, 'default');
    });
    return world;
  }

  async inDatabase<T>(work: (db: Database) => PromiseLike<T>): Promise<T> {
    const opened = await openDatabase({ url: this.env['DATABASE_URL'], folder: join(this.folder, 'pglite') });
    try {
      return await work(opened.db);
    } finally {
      await opened.close();
    }
  }

  async atTemporal<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const opened = await connectClient(temporalProfile(this.env).connection);
    try {
      return await work(opened.connection);
    } finally {
      await opened.close();
    }
  }

  async end(): Promise<void> {
    await this.platform.close();
    await this.mailbox.close();
    await this.server.stop();
    await this.drop?.();
    rmSync(this.folder, { recursive: true });
  }
}

/** What the doctor says of a world with these settings beside its own, by the names of its checks. */
export async function consult(
  world: DoctorWorld,
  settings: Record<string, string> = {},
  ...options: string[]
): Promise<Map<string, Line>> {
  const env = { ...world.env, ...settings };
  const { stdout, stderr, exitCode } = await steward(['doctor', '--json', ...options], { env });
  expect(stderr).toBe('');
  for (const secret of secretsOf(env)) expect(stdout).not.toContain(secret);
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Line[] };
  expect(exitCode).toBe(ok ? 0 : 1);
  return new Map(checks.map((line) => [line.name, line]));
}

function secretsOf(settings: Record<string, string>): string[] {
  const passwords = Object.values(settings).flatMap((value) => /:\/\/[^/@]*:([^@]*)@/.exec(value)?.[1] ?? []);
  return [SECRETS.accessKey, ...passwords];
}

/** The names of all checks in this state. */
export const inState = (lines: Map<string, Line>, state: string) =>
  [...lines.values()].filter((line) => line.state === state).map(({ name }) => name);
