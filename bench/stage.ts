import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import type { Closers } from '../cli/up/closers';
import { ownWorld } from '../cli/up/own-world';
import { createCertificateAuthority } from '../sim/certificates';
import { startMailbox } from '../sim/mailbox';
import { startPlatform } from '../sim/platform';
import { startSeller, type SimulatedSeller } from '../sim/seller';
import { EncryptionCodec } from '../workers/codec/encryption-codec';
import { connectClient } from '../workers/connection';
import { createDataConverter } from '../workers/data-converter';
import { generateKeys } from '../workers/generate-keys';
import { codecKeys } from '../workers/keys';
import { startBenchServer, type BenchServer, type ServerKind } from './servers';
import { Signs } from './signs';
import { bundleSides, type Side } from './workflow-bundles';

const MAIL_FROM = 'steward@market.example';

/** All that those who are measured share: the Temporal server, and the parties outside. */
export interface Stage {
  folder: string;
  server: BenchServer;
  seller: SimulatedSeller;
  /** Signs the calls to the seller. */
  accessKey: string;
  signs: Signs;
  connection: Connection;
  bundles: Record<Side, string>;
  /** Steward's settings under one of the stage's names; each has a namespace and a database of its own. */
  env: (name: string) => NodeJS.ProcessEnv;
  /** A client of that namespace, with its codec. */
  client: (name: string) => Client;
}

/**
 * Starts it; what has been started is in `closers`, also when a later part fails.
 *
 * @param names of those who are measured: `SIDES`, or ledgers
 */
export async function startStage(
  kind: ServerKind,
  names: readonly string[],
  closers: Closers,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  closers.add('temporary folder', () => rm(folder, { recursive: true, force: true }));
  const keys = await generateKeys(folder);
  const accessKey = randomBytes(24).toString('hex');

  const authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['localhost'] });
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.certPem);
  const seller = await startSeller({ accessKey, certificate });
  closers.add('seller', () => seller.close());
  const platform = await startPlatform({ secret: keys.PLATFORM_WEBHOOK_SECRET });
  closers.add('platform', () => platform.close());
  const mailbox = await startMailbox({ folder: join(folder, 'mailbox') });
  closers.add('mailbox', () => mailbox.close());

  const bundles = await bundleSides(folder);
  const server = await startBenchServer(kind, names.map(namespaceOf), folder, closers);
  const connected = await connectClient({ address: server.address });
  closers.add('Temporal client', () => connected.close());
  const { connection } = connected;
  const dataConverter = createDataConverter(new EncryptionCodec(codecKeys(keys)));

  return {
    ...{ folder, server, seller, accessKey, connection, bundles },
    signs: new Signs(seller, platform, mailbox, MAIL_FROM),
    env: (name) => ({
      ...ownWorld(process.env),
      ...keys,
      ...{ PLATFORM_URL: platform.url, SMTP_URL: mailbox.url, MAIL_FROM, STEWARD_EGRESS_CA: caFile },
      STEWARD_EGRESS_ALLOW: new URL(seller.url).host,
      STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
      STEWARD_WINDOWS: 'standard',
      ...{ TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: namespaceOf(name) },
      ...(server.databaseUrls && { DATABASE_URL: server.databaseUrls[namespaceOf(name)] }),
    }),
    client: (name) => new Client({ connection, namespace: namespaceOf(name), dataConverter }),
  };
}

function namespaceOf(name: string): string {
  return `bench-${name}`;
}
