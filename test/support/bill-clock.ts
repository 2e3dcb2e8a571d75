import { Client, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Activities } from '../../activities';
import { createBillActivities } from '../../activities/billing';
import { CHINA, createCalendarActivities, type Arrangements } from '../../activities/calendar';
import { createMailActivities } from '../../activities/mail';
import { billBooks } from '../../db/billing/bill-books';
import { getBill } from '../../db/billing/bills';
import type { OpenDatabase } from '../../db/connect';
import { checkLedger } from '../../db/ledger/check';
import { mailDirectory } from '../../db/mail-directory';
import { mailLog } from '../../db/mails';
import { putSeller } from '../../db/sellers';
import type { BillCommand } from '../../domain/billing/commands';
import type { BillAnswer, BillView } from '../../domain/billing/life';
import { BILL_WINDOWS } from '../../domain/billing/windows';
import { billWorkflowId } from '../../domain/ids';
import type { Role } from '../../domain/parties';
import type { BillBody } from '../../domain/schemas/bills';
import type { Site, Trade } from '../../domain/schemas/order';
import type { Mailbox } from '../../sim/mailbox';
import { billStarter } from '../../workers/bill-starter';
import { addSearchAttributes } from '../../workers/namespace';
import { createSettlementWorker } from '../../workers/run';
import { billUpdates, billViewQuery } from '../../workflows/messages';
import { complete, run } from '../db/ledger/world';
import { testKeys, openTestDatabase } from './database';
import { expectSound, testDataConverter, workflowBundle } from './history-checks';
import { startTestMailbox, testMail } from './mailbox';
import { quietRuntime } from './quiet';
import { recordHistory } from './record';
import { startTimeSkipping } from './rig';
import { mailsIn } from './summaries';
import { movedCalendar } from './moved-calendar';
import { TAME_ACTIVITIES } from './tame-activities';

/** What the seller of a bill has earned: 97.50 CNY, unless it sold nothing. */
export const PAYABLE = { currency: 'CNY', minor: 9_750 };

/** Bills on the time-skipping server, drawn by a real billing run, with real books, mails and calendar. */
export class BillClock {
  /** What the next activities ask; a test may put another one here. */
  calendar: Arrangements = CHINA;
  /** The real ones. */
  activities!: Activities;
  /** Which of them a test replaces. */
  overrides: Partial<Activities> = {};
  private readonly client: Client;
  private readonly open: TestBill[] = [];
  private count = 0;

  private constructor(
    private readonly env: TestWorkflowEnvironment,
    readonly database: OpenDatabase,
    readonly mailbox: Mailbox,
    private stop: () => Promise<void>,
  ) {
    this.client = new Client({ connection: env.connection, dataConverter: testDataConverter });
  }

  static async start(): Promise<BillClock> {
    quietRuntime();
    const env = await startTimeSkipping();
    await addSearchAttributes(env.connection, 'default');
    const database = await openTestDatabase();
    const mailbox = await startTestMailbox();
    const clock = new BillClock(env, database, mailbox, () => Promise.resolve());
    const { db } = database;
    clock.activities = {
      ...TAME_ACTIVITIES,
      ...createBillActivities({
        bills: billBooks(db),
        billStarter: billStarter(clock.client),
        billWindows: BILL_WINDOWS.standard,
      }),
      ...createMailActivities({
        ...{ mail: testMail(mailbox), mails: mailLog(db), mailDirectory: mailDirectory(db, testKeys) },
      }),
      addWorkingDays: (ask) => createCalendarActivities({ calendar: clock.calendar }).addWorkingDays(ask),
    };
    const worker = await createSettlementWorker(
      {
        ...{ connection: env.nativeConnection, namespace: 'default', dataConverter: testDataConverter },
        workflowBundle: await workflowBundle(),
        activities: {
          ...clock.activities,
          payBill: (payment) => (clock.overrides.payBill ?? clock.activities.payBill)(payment),
          claimInvoice: (claim) => (clock.overrides.claimInvoice ?? clock.activities.claimInvoice)(claim),
        },
      },
      { shutdownGraceTime: 0 },
    );
    const running = worker.run();
    clock.stop = async () => {
      worker.shutdown();
      await running;
    };
    return clock;
  }

  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /**
   * Moves China's calendar into the future, so that a day of it is to come.
   *
   * @param first `YYYY-MM-DD`
   * @returns moves a moment of it, `2026-09-30T17:00`
   */
  async moveCalendar(first: string): Promise<(text: string) => number> {
    const { calendar, moment } = movedCalendar(await this.now(), first);
    this.calendar = calendar;
    return moment;
  }

  /** Lets time pass until a moment that has not been. */
  async skipTo(moment: number): Promise<void> {
    await this.env.sleep(moment - (await this.now()));
  }

  /** A bill of a seller of its own, whose life has begun. */
  async bill({ trade = 'joint', site = 'china' }: { trade?: Trade; site?: Site } = {}): Promise<TestBill> {
    this.count += 1;
    const { db } = this.database;
    const sellerId = `S${this.count}`;
    const about = { name: 'Seller', language: 'zh', accessKey: 'a-key-of-the-seller' } as const;
    await putSeller(db, testKeys, sellerId, { ...about, email: `${sellerId.toLowerCase()}@seller.example` });
    // A month of its own, so that each has its run.
    const year = 2020 + Math.floor(this.count / 12);
    const month = String(1 + (this.count % 12)).padStart(2, '0');
    const period = `${year}${month}`;
    const completedAt = Date.parse(`${year}-${month}-05T00:00:00+08:00`);
    await complete(db, `B-${this.count}`, completedAt, { sellerId, trade, site });
    await run(db, { site, period });
    const variant = trade === 'general' ? 'general' : 'joint';
    const id = `${sellerId}/${period}/${site}/${variant}/CNY`;
    const { startBills } = createBillActivities({
      ...{ bills: billBooks(db), billStarter: billStarter(this.client), billWindows: BILL_WINDOWS.standard },
    });
    await startBills({ site, period, after: null });
    const bill = new TestBill(this.database, this.client, id, sellerId);
    this.open.push(bill);
    return bill;
  }

  /** After each test: the ledger is clean, and the histories of its bills are sound. */
  async expectAllSound(): Promise<void> {
    expect(await checkLedger(this.database.db)).toEqual([]);
    const bills = this.open.splice(0);
    for (const bill of bills) {
      const history = await bill.handle.fetchHistory();
      await expectSound(history, bill.handle.workflowId);
      recordHistory(history, bill.handle.workflowId, bills.length > 1 ? bill.sellerId : '');
    }
  }

  async end(): Promise<void> {
    await this.stop();
    await this.mailbox.close();
    await this.env.teardown();
    await this.database.close();
  }
}

/** A bill, as its parties move and read it. */
export class TestBill {
  readonly handle: WorkflowHandle;

  constructor(
    private readonly database: OpenDatabase,
    client: Client,
    readonly id: string,
    readonly sellerId: string,
  ) {
    this.handle = client.workflow.getHandle(billWorkflowId(id));
  }

  /** Gives a command as an operator, or as the seller where only it may; gives the node, or the refusal's code. */
  async do<C extends BillCommand>(
    command: C,
    data: BillBody<C>,
    by?: Role,
    updateId?: string,
  ): Promise<string> {
    const role = by ?? (SELLERS.includes(command) ? 'seller' : 'operator');
    const sub = role === 'seller' ? this.sellerId : `${role}-1`;
    const options = { args: [{ by: { role, sub }, data }] as [never], ...(updateId && { updateId }) };
    try {
      const answer: BillAnswer = await this.handle.executeUpdate(billUpdates[command] as never, options);
      return answer.node;
    } catch (error) {
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (cause instanceof ApplicationFailure) return String(cause.type);
      throw error;
    }
  }

  /** Goes through commands, each of which is taken. */
  async through(
    ...commands: readonly ('review-pass' | 'confirm-bill' | 'countersign' | 'sign-for-invoice')[]
  ) {
    for (const command of commands) expect(await this.do(command, {})).toMatch(/^[A-Z_]+ING|SENT$|INVOICE$/);
  }

  invoice(number: string, change: Partial<BillBody<'submit-invoice'>> = {}) {
    const papers = { courierNumber: `SF-${number}`, paymentRequestNumber: `PR-${number}` };
    return this.do('submit-invoice', { number, amount: PAYABLE, taxRate: 600, ...papers, ...change });
  }

  view(): Promise<BillView> {
    return this.handle.query(billViewQuery);
  }

  /** What SQL has of it. */
  async registered(): Promise<BillView | undefined> {
    return (await getBill(this.database.db, this.id))?.view;
  }

  /** The mails that it has put on their way, `<kind> <recipient>`, oldest first. */
  async mails(): Promise<string[]> {
    return mailsIn(await this.handle.fetchHistory());
  }
}

const SELLERS: readonly BillCommand[] = ['confirm-bill', 'object', 'submit-invoice', 'ask-progress'];
