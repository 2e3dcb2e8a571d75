import type { Activated, LineService } from '../../api/line-service';
import type { Database } from '../../db/connect';
import type { LineKey } from '../../db/order-lines';
import { viewStore } from '../../db/views';
import type { BundleRequest } from '../../domain/bundle';
import type { Command } from '../../domain/commands';
import type {
  CommandRequest,
  LineView,
  OrderLineStart,
  Unsubscription,
  UpdateAnswer,
} from '../../domain/order-line';
import type { Party } from '../../domain/parties';
import type { LogisticsEvent } from '../../workflows/messages';

interface Given {
  line: LineKey;
  command: Command;
  request: CommandRequest;
  updateId: string;
}

/**
 * Lines without Temporal, for tests of the API. It behaves as the workflows do towards the API: an update id
 * takes effect once, a refusal leaves no trace, each command makes a newer view.
 */
export class StandInLines implements LineService {
  /** What was started, repetitions included. */
  readonly opened: OrderLineStart[] = [];
  /** The commands that took effect. */
  readonly given: Given[] = [];
  /** The licence codes that were activated. */
  readonly activated: { line: LineKey; by: Party; updateId: string }[] = [];
  /** What lines learned of their parcels. */
  readonly learned: { line: LineKey; event: LogisticsEvent; updateId: string }[] = [];
  /** The bundles that were to be unsubscribed. */
  readonly bundles: BundleRequest[] = [];
  /** No worker is up: nothing is answered. */
  silent = false;
  /** The runs are closed, or gone from the server. */
  gone = false;
  /** What the next command is refused or failed with. */
  refusal: Error | undefined;
  /** Happens before a command is looked at. */
  beforeCommand: (() => Promise<void>) | undefined;
  /** Happens after a command took effect; what it throws is all that the caller hears. */
  afterCommand: (() => Promise<void> | void) | undefined;
  /** What single lines refuse an event with. */
  readonly refusals = new Map<string, Error>();
  /** The registry takes no views: what it has is old. */
  deaf = false;
  private readonly views = new Map<string, LineView>();
  private readonly answers = new Map<string, UpdateAnswer>();
  private readonly activations = new Map<string, Activated>();

  constructor(private readonly db: Database) {}

  async open(start: OrderLineStart): Promise<'started' | 'pending'> {
    this.opened.push(start);
    if (this.silent) return 'pending';
    await this.write(start.line, this.views.get(idOf(start.line)) ?? OPENING);
    return 'started';
  }

  async command(
    line: LineKey,
    command: Command,
    request: CommandRequest,
    updateId: string,
  ): Promise<UpdateAnswer | null> {
    await this.beforeCommand?.();
    const known = this.answers.get(updateId);
    if (known) return known;
    if (this.refusal) throw this.refusal;
    if (this.gone) return null;
    this.given.push({ line, command, request, updateId });
    const before = this.views.get(idOf(line)) ?? OPENING;
    const view = { ...before, revision: before.revision + 1 };
    const { revision, status, node, waitingFor } = view;
    this.answers.set(updateId, { revision, status, node, waitingFor });
    await this.write(line, view);
    await this.afterCommand?.();
    return { revision, status, node, waitingFor };
  }

  activate(line: LineKey, { by }: { by: Party }, updateId: string): Promise<Activated | null> {
    const known = this.activations.get(updateId);
    if (known) return Promise.resolve(known);
    if (this.refusal) return Promise.reject(this.refusal);
    if (this.gone) return Promise.resolve(null);
    this.activated.push({ line, by, updateId });
    const { revision, status, node, waitingFor } = this.views.get(idOf(line)) ?? OPENING;
    const answer = { revision, status, node, waitingFor, activatedAt: ACTIVATED_AT };
    this.activations.set(updateId, answer);
    return Promise.resolve(answer);
  }

  learn(line: LineKey, event: LogisticsEvent, updateId: string): Promise<UpdateAnswer | null> {
    const refusal = this.refusals.get(idOf(line)) ?? this.refusal;
    if (refusal) return Promise.reject(refusal);
    if (this.gone) return Promise.resolve(null);
    const known = this.learned.some((one) => idOf(one.line) === idOf(line) && one.updateId === updateId);
    if (!known) this.learned.push({ line, event, updateId });
    const { revision, status, node, waitingFor } = this.views.get(idOf(line)) ?? OPENING;
    return Promise.resolve({ revision: revision + 1, status, node, waitingFor });
  }

  async requestBundle(request: BundleRequest): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.bundles.push(request);
    await this.ofBundle(request, 'REQUESTED');
  }

  async withdrawBundle(orderId: string): Promise<'withdrawn' | null> {
    const request = this.bundles.findLast((one) => one.orderId === orderId);
    if (this.gone || !request) return null;
    await this.ofBundle(request, 'WITHDRAWN');
    return 'withdrawn';
  }

  private async ofBundle(request: BundleRequest, status: Unsubscription['status']): Promise<void> {
    for (const { orderLineId, amount } of request.lines) {
      const line = { ...request, orderLineId };
      const before = this.views.get(idOf(line)) ?? OPENING;
      const unsubscription = { id: `${orderLineId}-U1`, status, amount, reason: request.reason };
      await this.write(line, { ...before, revision: before.revision + 1, unsubscription });
    }
  }

  private async write(line: LineKey, view: LineView): Promise<void> {
    this.views.set(idOf(line), view);
    if (!this.deaf) await viewStore(this.db).save(line.orderId, line.orderLineId, view);
  }

  async publish(line: LineKey): Promise<void> {
    await this.write(line, this.views.get(idOf(line)) ?? OPENING);
  }

  ping(): Promise<void> {
    return this.silent ? Promise.reject(new Error('nobody there')) : Promise.resolve();
  }

  /** Back to a line that answers and refuses nothing. */
  calm(): void {
    this.given.length = 0;
    this.opened.length = 0;
    this.activated.length = 0;
    this.learned.length = 0;
    this.refusals.clear();
    this.bundles.length = 0;
    this.silent = this.gone = this.deaf = false;
    this.refusal = this.beforeCommand = this.afterCommand = undefined;
  }

  /** Writes of a line what its workflow would write; newer than all before unless `view` says otherwise. */
  async show(line: LineKey, view: Partial<LineView>): Promise<void> {
    const { revision } = this.views.get(idOf(line)) ?? OPENING;
    await this.write(line, { ...OPENING, revision: revision + 1, ...view });
  }
}

/** When every licence code is activated. */
export const ACTIVATED_AT = Date.UTC(2026, 10, 23, 4);

const idOf = ({ orderId, orderLineId }: LineKey): string => `${orderId}/${orderLineId}`;

const OPENING: LineView = {
  revision: 1,
  status: 'PROCESSING',
  node: 'OPENING',
  waitingFor: 'seller',
  allowed: [{ command: 'close', roles: ['operator'] }],
  dueAt: Date.UTC(2026, 10, 24, 2),
  instanceId: null,
  unsubscription: null,
  log: [
    {
      seq: 1,
      at: Date.UTC(2026, 10, 23, 1),
      by: 'platform',
      command: null,
      from: 'OPENING',
      to: 'OPENING',
      note: 'The paid order was handed over.',
    },
  ],
};
