import { Client, type TestService } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../activities';
import { CHINA } from '../../activities/calendar';
import { createEgress } from '../../activities/production';
import { placeOrder } from '../../api/place-order';
import { temporalCertifications } from '../../api/temporal-certifications';
import { certificationStore } from '../../db/certification/certifications';
import { temporalBills } from '../../api/temporal-bills';
import { temporalLines } from '../../api/temporal-lines';
import { appInfoStore } from '../../db/app-info';
import { billBooks } from '../../db/billing/bill-books';
import type { OpenDatabase } from '../../db/connect';
import { mailDirectory } from '../../db/mail-directory';
import { mailLog } from '../../db/mails';
import { getOrder } from '../../db/order-lines';
import { licenseStore } from '../../db/licenses';
import { putProduct } from '../../db/products';
import { recipientDirectory } from '../../db/recipients';
import { listSellerCalls, sellerCallLog } from '../../db/seller-calls';
import { sellerDirectory } from '../../db/seller-directory';
import { putSeller } from '../../db/sellers';
import { billingRuns } from '../../db/ledger/billing-runs';
import { unsubscriptionQuota } from '../../db/unsubscription-quota';
import { viewStore } from '../../db/views';
import { BILL_WINDOWS } from '../../domain/billing/windows';
import { defaultOrderLineId } from '../../domain/ids';
import type { LineView } from '../../domain/order-line';
import type { OrderLineBody } from '../../domain/schemas/order';
import type { SellerActivity } from '../../domain/seller-calls';
import { WINDOWS, type Windows } from '../../domain/windows';
import type { SimulatedCarrier } from '../../sim/carrier';
import { createCertificateAuthority } from '../../sim/certificates';
import type { Mailbox } from '../../sim/mailbox';
import { startPlatform, type SimulatedPlatform } from '../../sim/platform';
import { startSeller, type Script, type SimulatedSeller } from '../../sim/seller';
import { TASK_QUEUES } from '../../temporal.config';
import { billStarter } from '../../workers/bill-starter';
import { bundleLines } from '../../workers/bundle-lines';
import { createLogger } from '../../workers/logger';
import { addSearchAttributes } from '../../workers/namespace';
import { createOrderWorker } from '../../workers/run';
import { findTestServer } from '../../workers/servers';
import { flowOf, followers } from '../../workflows/flows';
import { startTestCarrier } from './carrier';
import { openTestDatabase, testKeys } from './database';
import { expectSound, testDataConverter, workflowBundle } from './history-checks';
import { WEBHOOK_SECRET } from './keys';
import { startTestMailbox, testMail } from './mailbox';
import { orderBody, SECRETS } from './orders';
import { placedLine, type PlacedLine } from './placed-line';
import { quietRuntime } from './quiet';
import { recordHistory } from './record';

interface Placing {
  windows?: Windows | undefined;
  script?: Script;
  activity?: SellerActivity;
}

/** An activity that a test holds. */
export interface Held {
  /** Resolves when it has begun. */
  begun: Promise<void>;
  goOn: () => void;
}

/**
 * Orders on a time-skipping server, with a worker, a seller and a carrier on HTTPS, a platform, a mailbox and a
 * database.
 */
export class Rig {
  private stop: (() => Promise<void>) | undefined;
  private readonly lines: PlacedLine[] = [];
  private readonly holds = new Map<string, () => Promise<void>>();
  private count = 0;
  /** A client under which the server's clock goes as every clock. */
  private readonly patient: Client;

  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly client: Client,
    readonly database: OpenDatabase,
    readonly seller: SimulatedSeller,
    readonly platform: SimulatedPlatform,
    readonly carrier: SimulatedCarrier,
    readonly mailbox: Mailbox,
    readonly activities: Activities,
    private readonly maxCachedWorkflows: number,
  ) {
    this.patient = new Client({ connection: env.connection, dataConverter: testDataConverter });
  }

  /**
   * @param maxCachedWorkflows default 0, for tests that stop workers: each task replays the whole history, and a
   * next worker gets it (the server never takes a task back from the sticky queue of a worker that has gone).
   * Not for tests that ask and command at the same time: without a cache, the worker loses a task that comes
   * while it answers a query, and gets it again after ten seconds.
   */
  static async start(maxCachedWorkflows = 0): Promise<Rig> {
    quietRuntime();
    const env = await startTimeSkipping();
    await addSearchAttributes(env.connection, 'default');
    const database = await openTestDatabase();
    const { db } = database;
    const authority = await createCertificateAuthority();
    const seller = await startSeller({
      accessKey: SECRETS.accessKey,
      certificate: await authority.issue({ hosts: ['localhost'] }),
    });
    const platform = await startPlatform({ secret: WEBHOOK_SECRET });
    const carrier = await startTestCarrier(authority);
    const mailbox = await startTestMailbox();
    await putSeller(db, testKeys, 'seller-1', {
      name: 'Seller',
      email: 'seller@seller.example',
      language: 'zh',
      accessKey: SECRETS.accessKey,
    });
    await putProduct(db, 'seller-1', 'product-1', { name: 'CRM', productionUrl: seller.url });
    const activities = createActivities({
      directory: sellerDirectory(db, testKeys),
      calls: sellerCallLog(db),
      appInfo: appInfoStore(db, testKeys),
      egress: createEgress({
        allow: [seller, carrier].map(({ url }) => new URL(url).host),
        ca: authority.certPem,
      }),
      platform: { url: platform.url, secret: WEBHOOK_SECRET },
      views: viewStore(db),
      certifications: certificationStore(db),
      calendar: CHINA,
      licenses: licenseStore(db, testKeys),
      logistics: carrier,
      recipients: recipientDirectory(db, testKeys),
      quota: unsubscriptionQuota(db),
      billing: billingRuns(db),
      bills: billBooks(db),
      billStarter: billStarter(env.client),
      billWindows: BILL_WINDOWS.standard,
      mail: testMail(mailbox),
      mails: mailLog(db),
      mailDirectory: mailDirectory(db, testKeys),
      bundleLines: bundleLines(env.client),
    });
    const parties = [seller, platform, carrier, mailbox] as const;
    const rig = new Rig(env, env.client, database, ...parties, activities, maxCachedWorkflows);
    await rig.startWorker();
    return rig;
  }

  /** @param overrides activities of which this worker has other ones: faults on our own side */
  async startWorker(overrides: Partial<Activities> = {}): Promise<void> {
    const worker = await createOrderWorker(
      {
        connection: this.env.nativeConnection,
        namespace: 'default',
        activities: this.holdable({ ...this.activities, ...overrides }),
        dataConverter: testDataConverter,
        profile: 'local',
        workflowBundle: await workflowBundle(),
      },
      { shutdownGraceTime: 0, maxCachedWorkflows: this.maxCachedWorkflows },
    );
    const run = worker.run();
    this.stop = async () => {
      worker.shutdown();
      await run;
    };
  }

  /** The next attempt of an activity begins, and is held until the test lets it go on. */
  hold(activity: keyof Activities): Held {
    let goOn = (): void => undefined;
    const released = new Promise<void>((resolve) => (goOn = resolve));
    const begun = new Promise<void>((resolve) => {
      this.holds.set(activity, () => {
        this.holds.delete(activity);
        resolve();
        return released;
      });
    });
    return { begun, goOn };
  }

  private holdable(activities: Activities): Activities {
    const held = Object.entries(activities).map(
      ([name, run]: [string, (input: never) => Promise<unknown>]) => {
        const wrapped = async (input: never): Promise<unknown> => {
          await this.holds.get(name)?.();
          return run(input);
        };
        return [name, wrapped];
      },
    );
    return Object.fromEntries(held) as Activities;
  }

  async stopWorker(): Promise<void> {
    await this.stop?.();
    this.stop = undefined;
  }

  /**
   * Lets so much time pass with no worker up that a task of this line comes to wait for one.
   *
   * @param meanwhile what happens at the end, before a worker is up again
   */
  async sleepWithoutWorker(
    ms: number,
    line: PlacedLine,
    meanwhile: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    // What is under way would hold the server's clock for a worker that has gone.
    await line.quiet();
    await this.stopWorker();
    const { testService } = this.env.connection as unknown as { testService: TestService };
    const slept = this.env.sleep(ms);
    while ((await line.history()).events?.at(-1)?.workflowTaskScheduledEventAttributes == null);
    // The waiting task holds the server's clock.
    await testService.unlockTimeSkipping({});
    await slept;
    await testService.lockTimeSkipping({});
    await meanwhile();
    await this.startWorker();
  }

  /** Hands a paid SaaS order over, as the API does; the script is for its `newInstance` calls. */
  place(script: Script, { windows, minor = 990_000 }: { windows?: Windows; minor?: number } = {}) {
    return this.placeLine({ amount: { currency: 'CNY', minor } }, { windows, script });
  }

  /** Hands a paid order of one line over; the script is for the seller's calls of `activity`. */
  async placeLine(
    about: Partial<OrderLineBody>,
    { windows = WINDOWS.standard, script = ['open'], activity }: Placing = {},
  ): Promise<PlacedLine> {
    this.count += 1;
    const orderId = `CS-${Date.now()}-${this.count}`;
    const orderLineId = defaultOrderLineId(orderId);
    this.seller.script(orderId, script, activity);
    const body = orderBody(orderId, about);
    const lines = temporalLines({ client: this.client, taskQueue: TASK_QUEUES.orders, logger: quiet });
    const certifications = temporalCertifications(this.client, TASK_QUEUES.orders);
    const bills = temporalBills(this.client);
    const api = { database: this.database.db, keyring: testKeys, lines, certifications, bills, windows };
    await placeOrder(api, { role: 'platform', sub: 'platform-1' }, body);
    const key = { orderId, orderLineId, delivery: about.delivery ?? ('saas' as const) };
    const line = placedLine(this.client, this.patient, key);
    this.lines.push(line);
    return line;
  }

  /** The rows of 生产接口消息 of a line, oldest first; of its notifications only when asked for. */
  async calls({ orderId }: PlacedLine, activities: readonly SellerActivity[] = PROVISIONING) {
    const { items } = await listSellerCalls(this.database.db, { orderId }, { limit: 200 });
    return items.reverse().filter(({ activity }) => activities.includes(activity));
  }

  /** The refunds of a line that the platform took: id and minor units. */
  refundsOf({ orderId }: PlacedLine): [refundId: string, minor: number][] {
    const ofLine = this.platform.refunds.filter((refund) => refund.orderId === orderId);
    return ofLine.map(({ refundId, amount }) => [refundId, amount.minor]);
  }

  /** What the registry has of a line, with the whole log. */
  async registered({ orderId }: PlacedLine): Promise<LineView> {
    const [line] = await getOrder(this.database.db, orderId);
    if (!line) throw new Error(`${orderId} is not registered`);
    return line.view;
  }

  /**
   * After each test: every line has closed, its history is sound, each of its moves is in the flow, and
   * the registry has its end.
   */
  async expectAllSound(): Promise<void> {
    for (const line of this.lines.splice(0)) {
      const { status } = await line.handle.describe();
      expect({ line: line.orderId, status: status.name }).toEqual({
        line: line.orderId,
        status: 'COMPLETED',
      });
      const history = await line.history();
      await expectSound(history, line.handle.workflowId);
      recordHistory(history, line.handle.workflowId);
      const { log, node } = await this.registered(line);
      expect(node).toBe('ENDED');
      const flow = flowOf(line.delivery);
      const strange = log.filter(({ from, to }) => from !== to && !followers(flow, from).includes(to));
      expect(strange).toEqual([]);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1));
    }
  }

  async end(): Promise<void> {
    await this.stopWorker();
    await this.seller.close();
    await this.platform.close();
    await this.carrier.close();
    await this.mailbox.close();
    await this.env.teardown();
    await this.database.close();
  }
}

/** The SDK gives the server five seconds to start, which a busy machine may need for its Java alone. */
export async function startTimeSkipping(tries = 4): Promise<TestWorkflowEnvironment> {
  const { executable: path } = await findTestServer();
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
      // Its workflow client lets time move while a test awaits a result.
      client: { dataConverter: testDataConverter },
    });
  } catch (error) {
    if (tries > 1 && String(error).includes('did not start within')) return startTimeSkipping(tries - 1);
    throw error;
  }
}

const PROVISIONING: readonly SellerActivity[] = ['newInstance', 'queryInstance', 'releaseInstance'];

const quiet = createLogger({ level: 'silent' });
