import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificateAuthority } from '../../sim/certificates';
import type { Mailbox } from '../../sim/mailbox';
import { startPlatform, type SimulatedPlatform } from '../../sim/platform';
import { startSeller, type SimulatedSeller } from '../../sim/seller';
import { TEST_CODEC_KEYS, WEBHOOK_SECRET } from './keys';
import { startTestMailbox } from './mailbox';
import { SECRETS } from './orders';
import { TEST_AUTH } from './parties';

/** The parties around a Steward in processes of its own, who outlive whatever is killed. */
export interface Outside {
  seller: SimulatedSeller;
  platform: SimulatedPlatform;
  mailbox: Mailbox;
  /** What that Steward is told of them, and the keys of the tests. */
  settings: Record<string, string>;
  close: () => Promise<void>;
}

/** Starts them. @param folder keeps the file of whom Steward trusts */
export async function startOutside(folder: string): Promise<Outside> {
  const authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['localhost'] });
  const seller = await startSeller({ accessKey: SECRETS.accessKey, certificate });
  const platform = await startPlatform({ secret: WEBHOOK_SECRET });
  const mailbox = await startTestMailbox();
  const caFile = join(folder, 'seller-ca.pem');
  writeFileSync(caFile, authority.certPem);
  const settings = {
    PLATFORM_URL: platform.url,
    SMTP_URL: mailbox.url,
    PLATFORM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STEWARD_CODEC_KEYS: TEST_CODEC_KEYS,
    STEWARD_EGRESS_ALLOW: new URL(seller.url).host,
    STEWARD_EGRESS_CA: caFile,
    JWT_SECRET: TEST_AUTH.secret,
    JWT_ISSUER: TEST_AUTH.issuer,
    JWT_AUDIENCE: TEST_AUTH.audience,
  };
  const close = async (): Promise<void> => {
    await seller.close();
    await platform.close();
    await mailbox.close();
  };
  return { seller, platform, mailbox, settings, close };
}
