import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCarrier, type Script as ParcelScript } from '../../sim/carrier';
import { createCertificateAuthority, type CertificateAndKey } from '../../sim/certificates';
import { startMailbox, type Mailbox } from '../../sim/mailbox';
import { startPlatform } from '../../sim/platform';
import { startSeller, type Script, type SellerControl } from '../../sim/seller';
import { onKeptPort } from './kept-port';
import type { Sample } from './samples';

/** The simulated world around a local Steward. */
export interface Sims {
  seller: { productionUrl: string; accessKey: string; control: SellerControl };
  /** Whose certificates the seller and the carrier show. */
  caPem: string;
  /** Where parcels are tracked: the simulated carrier; undefined when the settings name an account. */
  carrier: { url: string; customer: string; key: string } | undefined;
  /** Where refunds and events go: the simulated platform, unless `PLATFORM_URL` names another one. */
  platformUrl: string;
  /** Where mails go: the mailbox, unless `SMTP_URL` names another server. */
  smtpUrl: string;
  /** Undefined when `SMTP_URL` names another server. */
  mailbox: Mailbox | undefined;
  close(): Promise<void>;
}

/** The parties of the environment's settings, which need no stand-in. */
export interface Outside {
  /** The platform's, whichever it is. */
  webhookSecret: string;
  platformUrl: string | undefined;
  smtpUrl: string | undefined;
  /** There is an account at Kuaidi100. */
  kuaidi100: boolean;
}

/** What the simulated parties keep over restarts, readable by its owner only. */
interface Identity extends CertificateAndKey {
  accessKey: string;
  carrier: { customer: string; key: string };
}

/**
 * Starts a seller and a carrier on real HTTPS, with certificates of a local authority made on the spot, a platform
 * and a mailbox. What they have done is kept in the state folder, so a killed demo goes on.
 */
export async function startSims(
  stateFolder: string,
  samples: readonly Sample[],
  outside: Outside,
): Promise<Sims> {
  const folder = join(stateFolder, 'sim');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { accessKey, carrier: account, ...saved } = await identityOf(join(folder, 'identity.json'));
  const authority = await createCertificateAuthority(saved);
  const certificate = await authority.issue({ hosts: ['localhost'] });
  const seller = await onKeptPort(join(folder, 'seller.port'), (port) =>
    startSeller({
      ...{ port, accessKey, certificate },
      scripts: Object.fromEntries(
        samples.map((sample): [string, Script] => [sample.order.orderId, sample.seller]),
      ),
      stateFile: join(folder, 'seller.json'),
    }),
  );
  const carrier = outside.kuaidi100
    ? undefined
    : await startCarrier({
        ...account,
        certificate,
        scripts: Object.assign({}, ...samples.map(({ parcels }) => parcels)) as Record<string, ParcelScript>,
        // So that whoever plays the carrier of a parcel is heard (`steward parcel tell`).
        others: ['in-transit'],
        stateFile: join(folder, 'carrier.json'),
      });
  const taker =
    outside.platformUrl === undefined
      ? await startPlatform({ secret: outside.webhookSecret, stateFile: join(folder, 'platform.json') })
      : undefined;
  const mailbox =
    outside.smtpUrl === undefined ? await startMailbox({ folder: join(folder, 'mailbox') }) : undefined;
  return {
    seller: { productionUrl: seller.url, accessKey, control: seller },
    caPem: authority.certPem,
    carrier,
    platformUrl: taker?.url ?? outside.platformUrl ?? '',
    smtpUrl: mailbox?.url ?? outside.smtpUrl ?? '',
    mailbox,
    async close() {
      await seller.close();
      await carrier?.close();
      await taker?.close();
      await mailbox?.close();
    },
  };
}

async function identityOf(file: string): Promise<Identity> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const saved =
    text === undefined ? undefined : (JSON.parse(text) as Omit<Identity, 'carrier'> & Partial<Identity>);
  // One of 0.2.0 knows no carrier yet.
  if (saved?.carrier) return { ...saved, carrier: saved.carrier };
  const identity: Identity = { ...(saved ?? (await newIdentity())), carrier: newAccount() };
  // Written beside and then renamed: a start that is killed leaves no half identity to the next one.
  const draft = `${file}.new`;
  await writeFile(draft, JSON.stringify(identity), { mode: 0o600, flush: true });
  await rename(draft, file);
  return identity;
}

async function newIdentity(): Promise<Omit<Identity, 'carrier'>> {
  const { certPem, keyPem } = await createCertificateAuthority();
  return { certPem, keyPem, accessKey: randomBytes(24).toString('hex') };
}

function newAccount(): Identity['carrier'] {
  return { customer: randomBytes(16).toString('hex').toUpperCase(), key: randomBytes(8).toString('hex') };
}
