import { SELLER_ACTIVITIES, type SellerActivity } from '../../domain/seller-calls';
import { isReady, type CallBody } from './activities';
import { BEHAVIOUR_STEPS, QUERIES_UNTIL_READY, type Behaviour } from './behaviour';
import type { Books, Instance, KnownLine } from './books';
import type { Script, Step } from './steps';

/** An order line as the seller's control page shows it. */
export interface LineOutlook extends KnownLine {
  /** Undefined until something was made for it. */
  instance: Instance | undefined;
  /** The call that comes next if all goes well, and what it will do with it. */
  next: { activity: SellerActivity; step: Step };
  /** Undefined while its script counts. */
  told: Behaviour | undefined;
}

/** Which order line a call is about. */
interface About {
  orderId: string;
  orderLineId: string;
}

/** What the seller does with a call: as it was told, else as the order's script says, else what it does with others. */
export class Decisions {
  private readonly scripts = new Map<string, Script>();

  constructor(
    private readonly books: Books,
    scripts: Readonly<Record<string, Script>>,
  ) {
    for (const [orderId, script] of Object.entries(scripts)) {
      this.scripts.set(keyOf('newInstance', orderId), script);
    }
  }

  /** Queries and releases name an instance; their scripts go by the order that it was made for. */
  about(activity: string, body: CallBody): About {
    const { instanceId = '' } = body;
    const instance = activity === 'newInstance' ? undefined : this.books.find(instanceId.split(',')[0] ?? '');
    const { orderId = '', orderLineId = '' } = instance ?? body;
    return { orderId, orderLineId };
  }

  /** The step for this call, which is then done. */
  decide(activity: string, { orderId, orderLineId }: About): Step {
    return this.books.next(this.scriptOf(activity, orderId), activity, orderId, orderLineId);
  }

  script(orderId: string, steps: Script, activity: SellerActivity): void {
    this.books.forget(orderId);
    this.books.restart(activity, orderId);
    this.scripts.set(keyOf(activity, orderId), steps);
  }

  /** What was accepted and is not ready yet becomes ready too, if the behaviour is one that gets ready. */
  behave(behaviour: Behaviour, orderId: string | undefined): void {
    const { books } = this;
    const meant = books.instances.filter((one) =>
      orderId === undefined ? this.isOther(one.orderId) : one.orderId === orderId,
    );
    if (orderId === undefined) books.tellOthers(behaviour);
    else books.tell(orderId, behaviour);
    for (const instance of meant.filter((one) => !isReady(one))) {
      if (behaviour === 'opens') instance.readyAfter = 0;
      if (behaviour === 'accepts') instance.readyAfter = instance.queries + QUERIES_UNTIL_READY;
    }
    books.save();
  }

  outlook(): LineOutlook[] {
    return this.books.lines.map((line) => {
      const { orderId, orderLineId } = line;
      const instance = this.books.ofLine(orderId, orderLineId);
      const activity = activityAfter(line, instance);
      const step = this.books.peek(this.scriptOf(activity, orderId), activity, orderId, orderLineId);
      return { ...line, instance, next: { activity, step }, told: this.books.told(orderId) };
    });
  }

  private scriptOf(activity: string, orderId: string): Script {
    const told = this.books.told(orderId) ?? (this.isOther(orderId) ? this.books.others : undefined);
    if (told !== undefined) return [BEHAVIOUR_STEPS[told]];
    return this.scripts.get(keyOf(activity, orderId)) ?? ['open'];
  }

  /** Whether nothing is said of an order itself. */
  private isOther(orderId: string): boolean {
    const scripted = SELLER_ACTIVITIES.some((activity) => this.scripts.has(keyOf(activity, orderId)));
    return !scripted && this.books.told(orderId) === undefined;
  }
}

function keyOf(activity: string, orderId: string): string {
  return `${activity}/${orderId}`;
}

function activityAfter({ latest }: KnownLine, instance: Instance | undefined): SellerActivity {
  // What is not opened by calls is only told of.
  if (latest.every(({ activity }) => activity === 'orderNotify')) return 'orderNotify';
  if (instance === undefined) return 'newInstance';
  return isReady(instance) ? 'releaseInstance' : 'queryInstance';
}
