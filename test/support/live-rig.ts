import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../../activities';
import { serveApi, type ServedApi } from '../../cli/serve-api';
import type { OrderLineAnswer } from '../../domain/answers';
import { listLines } from '../../db/order-lines';
import { BILL_WINDOWS } from '../../domain/billing/windows';
import { defaultOrderLineId, orderLineWorkflowId } from '../../domain/ids';
import type { Node } from '../../domain/nodes';
import type { Role } from '../../domain/parties';
import type { OrderBody } from '../../domain/schemas/order';
import { WINDOWS } from '../../domain/windows';
import type { SimulatedCarrier } from '../../sim/carrier';
import { createCertificateAuthority } from '../../sim/certificates';
import type { Mailbox } from '../../sim/mailbox';
import { startPlatform, type SimulatedPlatform } from '../../sim/platform';
import { startSeller, type Script, type SeenCall, type SimulatedSeller } from '../../sim/seller';
import { createLogger, installRuntimeLogger, toTemporalLogger } from '../../workers/logger';
import { createOrderWorker } from '../../workers/run';
import { activitiesOf, openRuntime, type Runtime } from '../../workers/runtime';
import { freePort, startDevServer, type DevServer, type DevServerOptions } from '../../workers/servers';
import type { Settings } from '../../workers/settings';
import { flowOf, followers } from '../../workflows/flows';
import { startTestCarrier } from './carrier';
import { openTestDatabase, testKeys } from './database';
import { eventually } from './eventually';
import { expectSound, secretsIn, workflowBundle } from './history-checks';
import { testCodecKeys, WEBHOOK_SECRET } from './keys';
import { inClear, withKeys, type LiveOptions } from './live-runtime';
import { startTestMailbox, testMail } from './mailbox';
import { orderBody, SECRETS } from './orders';
import { issueTokens, partyAt, TEST_AUTH, tokenOf, type PartyAtApi } from './parties';
import { historiesOf } from '../../bench/histories';
import { runWorker } from './run-worker';

const NAMESPACE = 'live-test';
/** A run is deleted when two queues are past its end, which they note only each 30 s by default. */
const FORGETS_SOON = {
  'history.transferProcessorUpdateAckInterval': '"200ms"',
  'history.visibilityProcessorUpdateAckInterval': '"200ms"',
};

/**
 * A whole Steward in one process, on the real Temporal dev server: worker, API over HTTP, database, a seller
 * and a carrier on HTTPS, a platform and a mailbox, as `steward up` starts them. All that it logs is kept.
 */
export class LiveRig {
  private api: ServedApi | undefined;
  private stop: (() => Promise<void>) | undefined;
  private readonly checked = new Set<string>();
  private count = 0;

  private constructor(
    private readonly folder: string,
    private readonly serverOptions: DevServerOptions,
    private server: DevServer,
    public runtime: Runtime,
    readonly seller: SimulatedSeller,
    readonly platform: SimulatedPlatform,
    readonly carrier: SimulatedCarrier,
    readonly mailbox: Mailbox,
    private readonly logger: pino.Logger,
    private readonly tokens: Record<Role, string>,
    private readonly anchor: NativeConnection,
  ) {}

  static async start({
    windows = 'fast',
    encrypted = true,
    database,
    server = {},
    observed = {},
  }: LiveOptions = {}): Promise<LiveRig> {
    const folder = mkdtempSync(join(tmpdir(), 'steward-live-'));
    const destination = pino.destination({ dest: join(folder, 'steward.log'), sync: true });
    const logger = createLogger({ level: 'debug', destination });
    const authority = await createCertificateAuthority();
    const certificate = await authority.issue({ hosts: ['localhost'] });
    const seller = await startSeller({ accessKey: SECRETS.accessKey, certificate });
    const platform = await startPlatform({ secret: WEBHOOK_SECRET });
    const carrier = await startTestCarrier(authority);
    const mailbox = await startTestMailbox();
    const dynamicConfig = { ...FORGETS_SOON, ...server.dynamicConfig };
    const serverOptions = { namespace: NAMESPACE, port: await freePort(), ...server, dynamicConfig };
    const devServer = await startDevServer(serverOptions);
    const settings: Settings = {
      windows: WINDOWS[windows],
      billWindows: BILL_WINDOWS[windows],
      temporal: { connection: { address: devServer.address }, namespace: NAMESPACE },
      platformUrl: platform.url,
      mail: testMail(mailbox),
      logistics: carrier,
      egress: { allow: [seller, carrier].map(({ url }) => new URL(url).host), ca: authority.certPem },
      auth: TEST_AUTH,
      keys: {
        master: testKeys,
        codec: testCodecKeys,
        webhookSecret: WEBHOOK_SECRET,
      },
      ...observed,
    };
    const opened = await openRuntime(settings, database ?? (await openTestDatabase()));
    installRuntimeLogger(toTemporalLogger(logger), await opened.operations?.metrics.coreAddress());
    const runtime = encrypted ? opened : inClear(opened);
    const tokens = await issueTokens();
    // The SDK's runtime ends with its last worker, and a replay that is just starting then fails; this keeps it up.
    const anchor = await NativeConnection.connect(settings.temporal.connection);
    const parties = [seller, platform, carrier, mailbox] as const;
    const rig = new LiveRig(folder, serverOptions, devServer, runtime, ...parties, logger, tokens, anchor);
    await rig.startWorker();
    await rig.startApi();
    await rig.registerSeller();
    return rig;
  }

  /**
   * The worker of `steward worker`, with the bundle that replays use too.
   *
   * @param overrides activities of which this worker has other ones
   */
  async startWorker(overrides: Partial<Activities> = {}): Promise<void> {
    const bundle = await workflowBundle();
    this.stop = await runWorker(this.runtime, (common) =>
      createOrderWorker(
        {
          ...common,
          profile: 'local',
          workflowBundle: bundle,
          activities: { ...activitiesOf(this.runtime), ...overrides },
          tracing: this.runtime.tracing?.worker,
        },
        { shutdownGraceTime: 0 },
      ),
    );
  }

  async stopWorker(): Promise<void> {
    await this.stop?.();
    this.stop = undefined;
  }

  /** Serves the API, whose sweep looks for lines that are missing at once. */
  async startApi(): Promise<void> {
    const address = { host: '127.0.0.1', port: 0, portOption: '--api-port' };
    this.api = await serveApi(this.runtime, this.logger, address);
  }

  async stopApi(): Promise<void> {
    await this.api?.close();
    this.api = undefined;
  }

  /** Stops worker and API and starts those asked for with other secrets, as after a change of their environment. */
  async restartWith(
    { auth, ...keys }: Partial<Settings['keys']> & { auth?: Partial<Settings['auth']> },
    parts: readonly ('worker' | 'api')[] = ['worker', 'api'],
  ): Promise<void> {
    await this.stopApi();
    await this.stopWorker();
    this.runtime = withKeys(this.runtime, keys, auth);
    if (parts.includes('worker')) await this.startWorker();
    if (parts.includes('api')) await this.startApi();
  }

  async stopServer(): Promise<void> {
    await this.server.stop();
  }

  /** `kill -9`. */
  async killServer(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
  }

  /** On the same port and, with a `dbFile`, with all that it knew. */
  async startServer(): Promise<void> {
    this.server = await startDevServer(this.serverOptions);
  }

  /** One of the parties `<role>-1`. */
  as(role: Role): PartyAtApi {
    return this.withToken(this.tokens[role]);
  }

  /** Another party of a role. */
  async other(role: Role, sub: string): Promise<PartyAtApi> {
    return this.withToken(await tokenOf(role, sub));
  }

  /** Whoever has this token, or what is none. */
  withToken(token: string): PartyAtApi {
    return partyAt(this.apiUrl, token);
  }

  /** Where the API is now. */
  get apiUrl(): string {
    if (!this.api) throw new Error('The API is stopped');
    return this.api.url;
  }

  private async registerSeller(): Promise<void> {
    const { client } = this.as('platform');
    const { accessKey } = SECRETS;
    await client.putSeller('seller-1', {
      name: 'Seller',
      email: 'seller@seller.example',
      language: 'zh',
      accessKey,
    });
    await client.putProduct('seller-1', 'product-1', { name: 'CRM', productionUrl: this.seller.url });
  }

  /** An order that nobody has placed yet, and what the seller will do with its create calls. */
  newOrder(script: Script = ['open'], line: Partial<OrderBody['lines'][number]> = {}): OrderBody {
    this.count += 1;
    const orderId = `CS-${Date.now()}-${this.count}`;
    this.seller.script(orderId, script);
    return orderBody(orderId, line);
  }

  /** Hands a paid order over through the API. */
  async place(script?: Script, line?: Partial<OrderBody['lines'][number]>): Promise<string> {
    const order = this.newOrder(script, line);
    await this.as('platform').client.placeOrder(order);
    return order.orderId;
  }

  /** The line of an order as the operator sees it. */
  async line(orderId: string): Promise<OrderLineAnswer> {
    const { lines } = await this.as('operator').client.getOrder(orderId);
    return lines[0]!;
  }

  /** The line as soon as it is so. */
  until(orderId: string, holds: (line: OrderLineAnswer) => boolean, ms?: number): Promise<OrderLineAnswer> {
    return eventually(() => this.line(orderId), holds, ms);
  }

  /** The line after its workflow has closed. On a busy machine it may be started by the sweep only, a minute later. */
  async ended(orderId: string): Promise<OrderLineAnswer> {
    await this.until(orderId, ({ node }) => node === 'ENDED', 180_000);
    await this.handle(orderId).result();
    return this.line(orderId);
  }

  handle(orderId: string): WorkflowHandle {
    return this.runtime.client.workflow.getHandle(workflowIdOf(orderId));
  }

  /** The histories of all runs of a line, oldest first. */
  histories(orderId: string): Promise<History[]> {
    return historiesOf(this.runtime.client, workflowIdOf(orderId));
  }

  /** What the platform was asked to refund, repetitions too. */
  refundRequests(orderId: string) {
    return this.platform.requests.filter((one) => one.path === '/refunds' && one.orderId === orderId);
  }

  /** What the platform refunded. */
  refunds(orderId: string) {
    return this.platform.refunds.filter((refund) => refund.orderId === orderId);
  }

  instances(orderId: string) {
    return this.seller.instances.filter((instance) => instance.orderId === orderId);
  }

  /** All that Steward, the SDK and the API have logged, as JSON lines. */
  log(): string {
    return readFileSync(join(this.folder, 'steward.log'), 'utf8');
  }

  /** What nobody may read who is not meant to: of the parties, and of this Steward. */
  get secrets(): Record<string, string> {
    const tokens = Object.entries(this.tokens).map(([role, token]) => [`token of ${role}`, token]);
    return {
      ...SECRETS,
      ...(Object.fromEntries(tokens) as Record<string, string>),
      phoneNumber: SECRETS.phone.replace('+86 ', ''),
      sellerEmail: 'seller@seller.example',
      jwtSecret: TEST_AUTH.secret,
      webhookSecret: WEBHOOK_SECRET,
      kuaidi100Key: this.carrier.key,
    };
  }

  /** Takes the closed run of a line off the server, once it has been checked, and waits until it is gone. */
  async forgetRun(orderId: string): Promise<void> {
    await this.expectSound(orderId);
    const { workflowService } = this.runtime.client;
    await workflowService.deleteWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: workflowIdOf(orderId) },
    });
    const known = () =>
      this.handle(orderId)
        .describe()
        .then(() => true)
        .catch(() => false);
    await eventually(known, (still) => !still);
  }

  /** The `newInstance` calls about an order that reached the seller. */
  creates(orderId: string): SeenCall[] {
    const { calls } = this.seller;
    return calls.filter(({ activity, body }) => activity === 'newInstance' && body['orderId'] === orderId);
  }

  /** A line has ended, every run of it is sound, and each of its moves is in the flow and in the registry. */
  async expectSound(orderId: string): Promise<void> {
    const { status } = await this.handle(orderId).describe();
    expect({ orderId, status: status.name }).toEqual({ orderId, status: 'COMPLETED' });
    for (const history of await this.histories(orderId)) await expectSound(history, workflowIdOf(orderId));
    const { log, node, delivery } = await this.line(orderId);
    expect(node).toBe('ENDED');
    const follows = (from: Node) => followers(flowOf(delivery), from);
    expect(log.filter(({ from, to }) => from !== to && !follows(from).includes(to))).toEqual([]);
    this.checked.add(orderId);
  }

  /** After each test: all lines that were ever registered are sound, and the log tells no secrets. */
  async expectAllSound(): Promise<void> {
    const { items } = await listLines(this.runtime.database.db, {}, { limit: 200 });
    for (const { orderId } of items) if (!this.checked.has(orderId)) await this.expectSound(orderId);
    expect(secretsIn(this.log(), this.secrets)).toEqual([]);
  }

  async end(): Promise<void> {
    await this.stopApi();
    await this.stopWorker();
    await this.anchor.close();
    await this.runtime.close();
    await this.server.stop();
    for (const party of [this.seller, this.platform, this.carrier, this.mailbox]) await party.close();
    await this.runtime.database.close();
    rmSync(this.folder, { recursive: true });
  }
}

function workflowIdOf(orderId: string): string {
  return orderLineWorkflowId(orderId, defaultOrderLineId(orderId));
}
