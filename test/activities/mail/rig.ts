import { isNotNull } from 'drizzle-orm';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { createMailActivities, type MailDeps } from '../../../activities/mail';
import type { OpenDatabase } from '../../../db/connect';
import { mailDirectory } from '../../../db/mail-directory';
import { mailLog } from '../../../db/mails';
import { registerOrder } from '../../../db/orders';
import { putProduct } from '../../../db/products';
import { mails, orderLines, orders, products, sellers } from '../../../db/schema';
import { putSeller } from '../../../db/sellers';
import type { MailRequest } from '../../../domain/mail';
import type { Mailbox } from '../../../sim/mailbox';
import { sampleOrder } from '../../db/samples';
import { openTestDatabase, testKeys } from '../../support/database';
import { startTestMailbox, testMail } from '../../support/mailbox';

/** Personal data of the seller and of the sample orders' buyer: none of it may stand in a failure or a log. */
export const PERSONAL = ['seller@seller.example', 'wang@example.com', '王小明', '138001', 'Secret Seller'];

/** A mail to the buyer of `rig.order`; parts of it replaced. */
export const MAIL: MailRequest = {
  id: 'M-1-000001-M1',
  kind: 'opened',
  to: 'buyer',
  orderId: 'M-1',
  orderLineId: 'M-1-000001',
  sellerId: 'S1',
  productId: 'P1',
  node: 'ENDED',
  dueAt: null,
  amount: null,
  quote: null,
};

/** The mail activity on a real database and over real SMTP to a mailbox. */
export class MailRig {
  private constructor(
    readonly database: OpenDatabase,
    public mailbox: Mailbox,
    public logs: LogEntry[] = [],
  ) {}

  static async start(): Promise<MailRig> {
    return new MailRig(await openTestDatabase(), await startTestMailbox());
  }

  /** An empty mailbox, and seller `S1`, its product `P1` and order `M-1` as if nothing had ever happened. */
  async reset(): Promise<void> {
    const { db } = this.database;
    for (const table of [mails, orderLines, orders, products, sellers]) await db.delete(table);
    const seller = { name: 'Secret Seller', email: 'seller@seller.example', language: 'en' as const };
    await putSeller(db, testKeys, 'S1', { ...seller, accessKey: 'test-access-key-0123456789' });
    await putProduct(db, 'S1', 'P1', { name: 'CRM' });
    await registerOrder(db, testKeys, sampleOrder('M-1'));
    await this.mailbox.close();
    this.mailbox = await startTestMailbox();
    this.logs = [];
  }

  /** The activity of a worker process that has just started; parts of what it stands on replaced. */
  process(deps: Partial<MailDeps> = {}): (mail?: Partial<MailRequest>) => Promise<void> {
    const { db } = this.database;
    const { sendMail } = createMailActivities({
      mail: testMail(this.mailbox),
      mails: mailLog(db),
      mailDirectory: mailDirectory(db, testKeys),
      // Long enough for a loaded machine, where only a server that hangs lets it pass.
      mailTimeout: 3_000,
      ...deps,
    });
    const logger = new DefaultLogger('TRACE', (entry) => this.logs.push(entry));
    return (mail) => {
      const environment = new MockActivityEnvironment(undefined, { logger });
      return environment.run(sendMail, { ...MAIL, ...mail });
    };
  }

  /** The rows of all mails, by id. */
  async rows() {
    const rows = await this.database.db.select().from(mails).orderBy(mails.id);
    return rows.map(({ id, kind, recipient, sentAt, refused }) => ({
      ...{ id, kind, recipient, refused },
      sent: sentAt !== null,
    }));
  }

  /** How many mails a process has claimed. */
  async claims(): Promise<number> {
    return this.database.db.$count(mails, isNotNull(mails.claimedUntil));
  }

  /** What came, in order: to whom and how often. */
  arrivals(): { to: string; times: number }[] {
    return this.mailbox.mails.map(({ to, times }) => ({ to, times }));
  }

  async close(): Promise<void> {
    await this.mailbox.close();
    await this.database.close();
  }
}
