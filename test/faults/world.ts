import { on } from 'node:events';
import { join } from 'node:path';
import { StewardClient } from '../../client';
import type { OrderLineAnswer } from '../../domain/answers';
import type { OrderBody, OrderLineBody } from '../../domain/schemas/order';
import type { SellerActivity } from '../../domain/seller-calls';
import type { WindowProfile } from '../../domain/windows';
import type { Mailbox } from '../../sim/mailbox';
import type { SeenRequest, SimulatedPlatform } from '../../sim/platform';
import type { Script, SeenCall, SimulatedSeller } from '../../sim/seller';
import { freePort, startDevServer, type DevServer, type DevServerOptions } from '../../workers/servers';
import { eventually } from '../support/eventually';
import { orderBody, SECRETS } from '../support/orders';
import { startOutside } from '../support/outside';
import { tokenOf } from '../support/parties';
import type { UpProcess } from '../support/up';
import { UpHome } from '../support/up-home';

/** Beside `seller-1`, which `steward up` simulates itself. */
const SELLER = 'seller-2';

/** Those who act in an order. */
const PARTIES = { platform: 'platform-1', operator: 'operator-1', seller: SELLER, buyer: 'buyer-1' } as const;
type Clients = Record<keyof typeof PARTIES, StewardClient>;

/**
 * All that outlives a killed Steward: the Temporal server, a seller, a platform, a mailbox and the state folder. Steward
 * itself, the owner of database, worker and API, is a `steward up` in a process of its own.
 */
export class World {
  /** Whom the tests kill. Null after that. */
  steward: UpProcess | null = null;
  private count = 0;

  private constructor(
    readonly home: UpHome,
    private readonly serverOptions: DevServerOptions,
    /** The Temporal server. */
    public server: DevServer,
    readonly seller: SimulatedSeller,
    readonly platform: SimulatedPlatform,
    readonly mailbox: Mailbox,
    readonly api: Clients,
    private readonly windows: WindowProfile,
  ) {}

  /**
   * With Steward running and its seller registered.
   *
   * @param windows `fast` unless a test waits for no time limit: with `standard` none comes in between while a busy
   *   machine starts Steward again
   */
  static async start(windows: WindowProfile = 'fast'): Promise<World> {
    const home = await UpHome.create();
    const { seller, platform, mailbox, settings } = await startOutside(home.folder);
    const serverOptions = {
      namespace: 'default',
      port: await freePort(),
      dbFile: join(home.folder, 'test-server.db'),
    };
    const server = await startDevServer(serverOptions);
    home.settings = { TEMPORAL_ADDRESS: server.address, ...settings };
    const clients = Object.entries(PARTIES).map(async ([role, sub]): Promise<[string, StewardClient]> => {
      const token = await tokenOf(role as keyof Clients, sub);
      return [role, new StewardClient({ baseUrl: home.apiUrl, token })];
    });
    const api = Object.fromEntries(await Promise.all(clients)) as Clients;
    const world = new World(home, serverOptions, server, seller, platform, mailbox, api, windows);
    await world.startSteward();
    await world.registerSeller();
    return world;
  }

  /** Starts Steward, or starts it again on what a killed one left. */
  async startSteward(): Promise<void> {
    this.steward = this.home.up('--empty', '--windows', this.windows);
    await this.steward.says(/^API /m);
  }

  /** `kill -9`. */
  async killSteward(): Promise<void> {
    await this.steward?.signal('SIGKILL');
    this.steward = null;
  }

  /** `kill -9` for the Temporal server. */
  async killServer(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
  }

  /** On the same port and file. */
  async startServer(): Promise<void> {
    this.server = await startDevServer(this.serverOptions);
  }

  private async registerSeller(): Promise<void> {
    const { platform } = this.api;
    const about = { name: 'Seller', email: 'seller@seller.example', language: 'zh' as const };
    await platform.putSeller(SELLER, { ...about, accessKey: SECRETS.accessKey });
    await platform.putProduct(SELLER, 'product-1', { name: 'CRM', productionUrl: this.seller.url });
  }

  /** An order that is not placed yet, and what the seller does with its create calls. */
  newOrder(script: Script, line: Partial<OrderLineBody> = {}): OrderBody {
    this.count += 1;
    const orderId = `CS-FAULT-${this.count}`;
    this.seller.script(orderId, script);
    return orderBody(orderId, { sellerId: SELLER, ...line });
  }

  /** The next call about an order that reaches the seller. Ask before what causes it. */
  async nextCall({ orderId }: OrderBody, activity: SellerActivity): Promise<SeenCall> {
    for await (const [call] of on(this.seller.events, 'call') as AsyncIterable<[SeenCall]>) {
      if (call.activity === activity && call.orderId === orderId) return call;
    }
    throw new Error('The seller is gone');
  }

  /** The next request for a refund that reaches the platform. Ask before what causes it. */
  async nextRefund({ orderId }: OrderBody): Promise<SeenRequest> {
    for await (const [request] of on(this.platform.seen, 'request') as AsyncIterable<[SeenRequest]>) {
      if (request.path === '/refunds' && request.orderId === orderId) return request;
    }
    throw new Error('The platform is gone');
  }

  /** The line of an order as soon as it is so. */
  async until({ orderId }: OrderBody, holds: (line: OrderLineAnswer) => boolean): Promise<OrderLineAnswer> {
    return eventually(async () => (await this.api.operator.getOrder(orderId)).lines[0]!, holds);
  }

  /** Every call about an order that reached the seller, oldest first. */
  callsOf({ orderId }: OrderBody, activity: SellerActivity): SeenCall[] {
    return this.seller.calls.filter((call) => call.activity === activity && call.orderId === orderId);
  }

  async end(): Promise<void> {
    await this.steward?.destroy();
    await this.seller.close();
    await this.platform.close();
    await this.mailbox.close();
    await this.server.stop();
    await this.home.end();
  }
}

/** Gives a test a world of its own, started with these `windows`; concurrent tests have no `afterEach`. */
export async function inWorld(test: (world: World) => Promise<void>, windows?: WindowProfile): Promise<void> {
  const world = await World.start(windows);
  try {
    await test(world);
  } finally {
    await world.end();
  }
}
