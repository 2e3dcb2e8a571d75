import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Activities } from '../activities';
import { orderLineWorkflowId } from '../domain/ids';
import { Accounts } from './accounts';
import type { BenchOrder } from './order';
import type { Stage } from './stage';
import type { Role, Usage } from './subject-messages';
import { SubjectProcess } from './subject-process';
import { apiWay } from './ways/api';
import { directWay } from './ways/direct';
import type { Way, WayName } from './ways/way';
import type { Side } from './workflow-bundles';

/** The activity that calls the seller of a new order; others, such as an event, may be pending beside it. */
const SELLER_CALL = 'newInstance' satisfies keyof Activities;

export interface SideOptions {
  /** Of each worker; default: what its profile says. */
  maxCachedWorkflows?: number;
}

/**
 * The processes of one side: with PGlite one for all, as `steward up` is; with PostgreSQL an API and a worker, as in
 * production. Only the workflow code differs between the sides.
 */
export class SideUnderTest {
  readonly client: Client;
  ways!: Record<WayName, Way>;
  /** The one that has the registry open and serves the API. */
  private owner!: SubjectProcess;
  private readonly workers: SubjectProcess[] = [];

  private constructor(
    readonly name: Side,
    private readonly stage: Stage,
    private readonly options: SideOptions,
  ) {
    this.client = stage.client(name);
  }

  static async start(name: Side, stage: Stage, options: SideOptions = {}): Promise<SideUnderTest> {
    const side = new SideUnderTest(name, stage, options);
    const accounts = await side.startOwner();
    await accounts.registerSellers(stage.seller.url, stage.accessKey);
    if (side.isShared) side.workers.push(await side.startOne('worker'));
    return side;
  }

  /** Starts a second worker beside the first, where the database can be shared. */
  async startSecondWorker(): Promise<void> {
    if (this.isShared) this.workers.push(await this.startOne('worker'));
  }

  /** Of those that the first worker has in hand: which orders are in a call to their seller. */
  async callingFrom(orders: readonly BenchOrder[]): Promise<BenchOrder[]> {
    const worker = `${(this.workers[0] ?? this.owner).pid}@`;
    const isThere = async ({ orderId, orderLineId }: BenchOrder): Promise<boolean> => {
      const id = orderLineWorkflowId(orderId, orderLineId);
      const { raw } = await this.client.workflow.getHandle(id).describe();
      return (raw.pendingActivities ?? []).some(
        ({ activityType, lastWorkerIdentity }) =>
          activityType?.name === SELLER_CALL && lastWorkerIdentity?.startsWith(worker),
      );
    };
    const there = await Promise.all(orders.map(isThere));
    return orders.filter((_, n) => there[n]);
  }

  /**
   * `kill -9` of the first worker. With PGlite it is all of Steward, which is then started again.
   *
   * @returns when it was gone, and when a worker was there again; `performance.now()`
   */
  async killWorker(): Promise<{ gone: number; again: number }> {
    await (this.isShared ? this.workers.shift() : this.owner)?.kill();
    const gone = performance.now();
    if (!this.isShared) await this.startOwner();
    return { gone, again: this.isShared ? gone : performance.now() };
  }

  /** Whether several processes can have its registry open. */
  get isShared(): boolean {
    return this.stage.server.databaseUrls !== null;
  }

  private async startOwner(): Promise<Accounts> {
    const { name, stage } = this;
    this.owner = await this.startOne(this.isShared ? 'api' : 'all');
    const accounts = new Accounts(await this.owner.apiUrl(), stage.env(name)['JWT_SECRET'] ?? '');
    this.ways = {
      api: apiWay((role, sub) => accounts.as(role, sub)),
      direct: directWay(this.client, this.owner),
    };
    return accounts;
  }

  /** What all its processes have used, together. */
  async usage(): Promise<Usage> {
    const all = await Promise.all(this.processes().map((one) => one.ask({ ask: 'usage' })));
    const sum = (of: (usage: Usage) => number) => all.reduce((total, usage) => total + of(usage), 0);
    return {
      cpu: sum(({ cpu }) => cpu),
      rss: sum(({ rss }) => rss),
      heap: sum(({ heap }) => heap),
      sql: { statements: sum(({ sql }) => sql.statements), commits: sum(({ sql }) => sql.commits) },
    };
  }

  async stop(): Promise<void> {
    for (const one of this.processes()) await one.stop();
  }

  private processes(): SubjectProcess[] {
    return [this.owner, ...this.workers];
  }

  private startOne(role: Role): Promise<SubjectProcess> {
    const { name, stage, options } = this;
    const databaseFolder = this.isShared ? null : join(stage.folder, `pglite-${name}`);
    const setup = {
      ...{ role, databaseFolder, workflowBundle: stage.bundles[name] },
      logFile: join(stage.folder, `${name}.log`),
      ...options,
    };
    return SubjectProcess.start(setup, stage.env(name));
  }
}
