import { condition, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { MailActivities, PlatformActivities, RegistryActivities } from '../../activities/contracts';
import type { PlatformEventType } from '../../domain/events';
import { eventId, mailId } from '../../domain/ids';
import type { MailKind, MailRecipient } from '../../domain/mail';
import type { LineView, LogEntry, OrderLine, UpdateAnswer } from '../../domain/order-line';
import type { Node, Status } from '../../domain/nodes';
import { iso } from '../../domain/time';
import type { Windows } from '../../domain/windows';
import { MAIL, REGISTRY, UNTIL_TAKEN } from '../../workflows/policies';
import { seller, untilAnswered } from './seller';

const { publishView } = proxyLocalActivities<RegistryActivities>(REGISTRY);
const { deliverEvents } = proxyActivities<PlatformActivities>(UNTIL_TAKEN);
const { sendMail } = proxyActivities<MailActivities>(MAIL);

/** What the bare workflow's updates are about. */
export type Heard = 'deliver' | 'claim-license' | 'activate-license' | 'submit-proof';

/** As much of a line as its calls to the outside are made of. */
export class BareLine {
  private revision = 0;
  private published = 0;
  private sending = 0;
  private mailed = 0;
  private events = 0;
  private status: Status = 'PROCESSING';
  private node: Node = 'OPENING';
  private readonly log: LogEntry[] = [];
  private readonly heard: Heard[] = [];

  constructor(
    readonly order: OrderLine,
    readonly windows: Windows,
  ) {}

  /** Takes an update. */
  hear(what: Heard): UpdateAnswer {
    this.heard.push(what);
    return this.answer();
  }

  async untilHeard(what: Heard): Promise<void> {
    await condition(() => this.heard.includes(what));
  }

  /** A new revision for the registry, in a new node. */
  goTo(node: Node, note: string, status: Status = 'PROCESSING'): void {
    const seq = this.log.length + 1;
    this.log.push({ seq, at: Date.now(), by: 'steward', command: null, from: this.node, to: node, note });
    Object.assign(this, { node, status });
    this.revision += 1;
  }

  async publishViews(): Promise<never> {
    for (;;) {
      await condition(() => this.published < this.revision);
      const { revision } = this;
      const { orderId, orderLineId } = this.order;
      try {
        await publishView({ orderId, orderLineId, view: this.view() });
        this.published = revision;
      } catch {
        await sleep('1 second');
      }
    }
  }

  async notifySeller(): Promise<void> {
    await untilAnswered(() => seller.orderNotify(this.sellerCall()));
  }

  sellerCall() {
    const { orderId, orderLineId, sellerId, productId } = this.order;
    return { orderId, orderLineId, sellerId, productId, attempt: 1, timeout: this.windows.sellerCall };
  }

  mail(kind: MailKind, to: MailRecipient): void {
    this.mailed += 1;
    const { orderId, orderLineId, sellerId, productId } = this.order;
    const id = mailId(orderLineId, this.mailed);
    const about = { orderId, orderLineId, sellerId, productId, node: this.node };
    this.begin(sendMail({ id, kind, to, ...about, dueAt: null, amount: null, quote: null }));
  }

  tell(...types: PlatformEventType[]): void {
    const { orderId, orderLineId } = this.order;
    const events = types.map((type) => {
      this.events += 1;
      const id = eventId(orderLineId, this.events);
      const { status, node } = this;
      return { id, type, at: iso(Date.now()), orderId, orderLineId, status, node, note: type };
    });
    this.begin(deliverEvents({ events }));
  }

  /** All that it began is done, and written. */
  isQuiet(): boolean {
    return this.sending === 0 && this.published === this.revision;
  }

  answer(): UpdateAnswer {
    const { revision, status, node } = this;
    return { revision, status, node, waitingFor: 'nobody' };
  }

  view(): LineView {
    const claimed = this.heard.includes('claim-license');
    const activated = this.heard.includes('activate-license');
    const license = { claimedAt: claimed ? 0 : null, activatedAt: activated ? 0 : null };
    return {
      ...this.answer(),
      ...{ allowed: [], dueAt: null, instanceId: null, unsubscription: null, appeal: null, license },
      ...{ completion: null, shipment: null, autoAcceptance: null, fiveDaysUntil: null, log: this.log },
    };
  }

  private begin(sent: Promise<unknown>): void {
    this.sending += 1;
    void sent.then(() => (this.sending -= 1));
  }
}
