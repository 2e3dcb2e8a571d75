import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from '../../cli/up/lend';
import { StewardClient } from '../../client';
import type { OrderLineAnswer } from '../../domain/answers';
import type { Role } from '../../domain/parties';
import type { SimulatedPlatform } from '../../sim/platform';
import type { SimulatedSeller } from '../../sim/seller';
import { freePort } from '../../workers/servers';
import { CARD } from '../support/card';
import { eventually } from '../support/eventually';
import { SECRETS } from '../support/orders';
import { startOutside } from '../support/outside';
import { tokenOf } from '../support/parties';
import { processesOf, untilNoneLeft, type RunningProcess } from '../support/processes';
import { UpProcess, type UpEnded } from '../support/up';

/** Beside `seller-1`, which the script simulates itself. */
export const SELLER = 'seller-2';
const PARTIES = { platform: 'platform-1', operator: 'operator-1', seller: SELLER, buyer: 'buyer-1' } as const;
type Party = keyof typeof PARTIES;

/** How a part is known among the processes; a supervisor's arguments come before those of its part. */
const COMMANDS = {
  worker: /^\S*node\S* \S+steward\.cjs worker$/,
  api: /^\S*node\S* \S+steward\.cjs api /,
  temporal: /^\S+temporal-server\S+ --root /,
  postgres: /^\S+\/postgres -D /,
} as const;
export type PartKind = keyof typeof COMMANDS;
const COUNTS: Record<PartKind, number> = { worker: 2, api: 2, temporal: 1, postgres: 1 };

/** How long clients go on asking, and how long a part may take to come back on a busy machine. */
const PATIENCE_MS = 120_000;

/** `npm run production` in a process of its own, and the parties around it, who outlive whatever is killed. */
export class ShapeRig {
  private constructor(
    readonly folder: string,
    readonly running: UpProcess,
    /** Each party at each of the two APIs. */
    private readonly apis: Record<Party, StewardClient[]>,
    readonly temporalAddress: string,
    readonly seller: SimulatedSeller,
    readonly platform: SimulatedPlatform,
    private readonly closeAll: () => Promise<void>,
  ) {}

  static async start(): Promise<ShapeRig> {
    const folder = mkdtempSync(join(tmpdir(), 'steward-shape-'));
    const { seller, platform, settings, close } = await startOutside(folder);
    const [first, second, temporal] = [await freePort(), await freePort(), await freePort()];
    const ports = [
      ...['--api-port', String(first)],
      ...['--second-api-port', String(second)],
      ...['--temporal-port', String(temporal)],
    ];
    const running = UpProcess.start(
      [...['scripts/production.mjs', '--empty', '--windows', 'standard'], ...['--state', folder, ...ports]],
      // By the folder its processes are known.
      { STEWARD_STATE: folder, ...settings },
    );
    const urls = [first, second].map((port) => `http://127.0.0.1:${port}`);
    const clients = Object.entries(PARTIES).map(async ([role, sub]): Promise<[string, StewardClient[]]> => {
      const token = await tokenOf(role as Role, sub);
      return [role, urls.map((baseUrl) => new StewardClient({ baseUrl, token }))];
    });
    const apis = Object.fromEntries(await Promise.all(clients)) as Record<Party, StewardClient[]>;
    const closeAll = async (): Promise<void> => {
      await running.destroy();
      await untilNoneLeft(folder, 60_000);
      await close();
      rmSync(folder, { recursive: true });
    };
    const address = `127.0.0.1:${temporal}`;
    const rig = new ShapeRig(folder, running, apis, address, seller, platform, closeAll);
    try {
      await running.says(CARD);
      await rig.registerSeller();
      return rig;
    } catch (error) {
      await rig.end();
      throw error;
    }
  }

  /** Asks one API, and the other when it is away, as a client with patience does. */
  async insist<T>(by: Party, call: (client: StewardClient) => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let n = Math.floor(Math.random() * 2); ; n++) {
      try {
        return await call(this.apis[by][n % 2]!);
      } catch (error) {
        if (!isPassing(error) || Date.now() > deadline) throw error;
        await sleep(300);
      }
    }
  }

  /** The processes of a kind, oldest first. */
  async parts(kind: PartKind): Promise<RunningProcess[]> {
    const all = await processesOf(this.folder);
    return all.filter(({ command }) => COMMANDS[kind].test(command)).sort((a, b) => a.pid - b.pid);
  }

  /** `kill -9` of the oldest process of a kind. Resolves when another one has taken its place. */
  async kill(kind: PartKind): Promise<void> {
    const [victim] = await this.parts(kind);
    process.kill(victim!.pid, 'SIGKILL');
    await this.untilReplaced(kind, victim!);
  }

  /**
   * Asks the oldest process of a kind to stop, as a pod is. Resolves when another one has taken its place.
   *
   * @returns how long it went on, in ms
   */
  async stop(kind: 'worker' | 'api'): Promise<number> {
    const [stopped] = await this.parts(kind);
    const asked = Date.now();
    process.kill(stopped!.pid, 'SIGTERM');
    const isGone = (now: RunningProcess[]) => now.every(({ pid }) => pid !== stopped!.pid);
    await eventually(() => this.parts(kind), isGone, PATIENCE_MS);
    const lasted = Date.now() - asked;
    await this.untilReplaced(kind, stopped!);
    return lasted;
  }

  private async untilReplaced(kind: PartKind, gone: RunningProcess): Promise<void> {
    await eventually(
      () => this.parts(kind),
      // A session of PostgreSQL goes by the same name for a moment, so there may be more.
      (now) => now.length >= COUNTS[kind] && now.every(({ pid }) => pid !== gone.pid),
      PATIENCE_MS,
    );
  }

  /** How many create calls about an order have reached the seller. */
  callsOf(orderId: string): number {
    const { calls } = this.seller;
    return calls.filter((call) => call.activity === 'newInstance' && call.orderId === orderId).length;
  }

  async untilCalled(orderId: string): Promise<void> {
    await eventually(
      () => Promise.resolve(this.callsOf(orderId)),
      (calls) => calls > 0,
      PATIENCE_MS,
    );
  }

  /** The line of an order as soon as it is so. */
  untilLine(orderId: string, holds: (line: OrderLineAnswer) => boolean): Promise<OrderLineAnswer> {
    const look = () => this.insist('operator', (client) => client.getOrder(orderId));
    return eventually(async () => (await look()).lines[0]!, holds, PATIENCE_MS);
  }

  /** All that its processes have logged. */
  logs(): string {
    const files = readdirSync(this.folder).filter((name) => name.endsWith('.log'));
    return files.map((name) => readFileSync(join(this.folder, name), 'utf8')).join('\n');
  }

  ctrlC(): Promise<UpEnded> {
    // Without a terminal the script passes it on: sent to the whole group it would come twice, which means at once.
    return this.running.signal('SIGINT');
  }

  end(): Promise<void> {
    return this.closeAll();
  }

  private async registerSeller(): Promise<void> {
    const about = { name: 'Seller', email: 'seller@seller.example', language: 'zh' as const };
    await this.insist('platform', (client) =>
      client.putSeller(SELLER, { ...about, accessKey: SECRETS.accessKey }),
    );
    const product = { name: 'CRM', productionUrl: this.seller.url };
    await this.insist('platform', (client) => client.putProduct(SELLER, 'product-1', product));
  }
}
