import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailAccess } from '../../activities/mail/ports';
import { startMailbox, type Mailbox } from '../../sim/mailbox';

/** A mailbox that keeps nothing once it is closed. */
export async function startTestMailbox(): Promise<Mailbox> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-mailbox-'));
  const mailbox = await startMailbox({ folder });
  const close = async (): Promise<void> => {
    await mailbox.close();
    rmSync(folder, { recursive: true });
  };
  return { ...mailbox, close };
}

/** The settings of mails that go there; operators read English. */
export function testMail({ url }: Mailbox): MailAccess {
  return {
    smtpUrl: url,
    from: 'steward@market.example',
    operator: { email: 'operators@market.example', language: 'en' },
    orderLink: 'https://market.example/orders/{orderId}',
  };
}
