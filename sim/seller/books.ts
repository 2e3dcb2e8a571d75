import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Behaviour } from './behaviour';
import { stepAt, type Script, type Step } from './steps';

/** What the seller made for one order line. */
export interface Instance {
  instanceId: string;
  orderId: string;
  orderLineId: string;
  /** How many queries must come before it is ready; null for never. */
  readyAfter: number | null;
  queries: number;
  released: boolean;
}

/** A call that was genuine. */
export interface PastCall {
  activity: string;
  /** Epoch milliseconds. */
  at: number;
  did: Step;
}

/** An order line that has called, and what it asked. */
export interface KnownLine {
  orderId: string;
  orderLineId: string;
  /** How many calls there were. */
  calls: number;
  /** The last ones, oldest first. */
  latest: PastCall[];
}

interface State {
  instances: Instance[];
  /** How many steps of each script are done, by activity, order and line. */
  done: Record<string, number>;
  /** In the order of their first calls. */
  lines: KnownLine[];
  /** What it was told to do with the calls of an order. */
  told: [orderId: string, behaviour: Behaviour][];
  /** What it does with the calls of an order of which nothing is said. */
  others: Behaviour;
}

/** So many calls of a line are remembered. */
const LATEST = 5;

/**
 * What the seller remembers: its instances, the calls, how far each script went and what it was told. With a file it
 * is written before each answer, so that a seller that is killed goes on where it stopped.
 */
export class Books {
  private readonly state: State = { instances: [], done: {}, lines: [], told: [], others: 'opens' };

  constructor(private readonly file: string | undefined) {
    // A file of 0.3.0 has instances and scripts only.
    if (file !== undefined && existsSync(file))
      Object.assign(this.state, JSON.parse(readFileSync(file, 'utf8')));
  }

  get instances(): readonly Instance[] {
    return this.state.instances;
  }

  get lines(): readonly KnownLine[] {
    return this.state.lines;
  }

  get others(): Behaviour {
    return this.state.others;
  }

  /** The step that a script has for the next call. */
  peek(script: Script, activity: string, orderId: string, orderLineId: string): Step {
    return stepAt(script, this.state.done[`${activity}/${orderId}/${orderLineId}`] ?? 0);
  }

  /** The step that a script has for this call, which is then done. */
  next(script: Script, activity: string, orderId: string, orderLineId: string): Step {
    const step = this.peek(script, activity, orderId, orderLineId);
    const key = `${activity}/${orderId}/${orderLineId}`;
    this.state.done[key] = (this.state.done[key] ?? 0) + 1;
    return step;
  }

  /** Scripts of this order begin anew. */
  restart(activity: string, orderId: string): void {
    const others = Object.entries(this.state.done).filter(
      ([key]) => !key.startsWith(`${activity}/${orderId}/`),
    );
    this.state.done = Object.fromEntries(others);
  }

  /** What it was told to do with the calls of an order; undefined when its script counts. */
  told(orderId: string): Behaviour | undefined {
    return this.state.told.find(([known]) => known === orderId)?.[1];
  }

  tell(orderId: string, behaviour: Behaviour): void {
    this.forget(orderId);
    this.state.told.push([orderId, behaviour]);
  }

  /** The script of the order counts again. */
  forget(orderId: string): void {
    this.state.told = this.state.told.filter(([known]) => known !== orderId);
  }

  tellOthers(behaviour: Behaviour): void {
    this.state.others = behaviour;
  }

  note(orderId: string, orderLineId: string, call: PastCall): void {
    const { lines } = this.state;
    let line = lines.find((one) => one.orderId === orderId && one.orderLineId === orderLineId);
    if (!line) lines.push((line = { orderId, orderLineId, calls: 0, latest: [] }));
    line.calls += 1;
    line.latest = [...line.latest, call].slice(-LATEST);
  }

  /** The instance of an order line, made if there is none yet: its id is the first request's businessId. */
  instanceOf(orderId: string, orderLineId: string, businessId: string): Instance {
    const known = this.ofLine(orderId, orderLineId);
    if (known) return known;
    const made = {
      instanceId: businessId,
      orderId,
      orderLineId,
      readyAfter: null,
      queries: 0,
      released: false,
    };
    this.state.instances.push(made);
    return made;
  }

  ofLine(orderId: string, orderLineId: string): Instance | undefined {
    return this.instances.find((one) => one.orderId === orderId && one.orderLineId === orderLineId);
  }

  find(instanceId: string): Instance | undefined {
    return this.instances.find((one) => one.instanceId === instanceId);
  }

  save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state));
    renameSync(`${this.file}.new`, this.file);
  }
}
