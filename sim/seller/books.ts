import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

interface State {
  instances: Instance[];
  /** How many steps of each script are done, by activity, order and line. */
  done: Record<string, number>;
}

/**
 * What the seller remembers: its instances and how far each script went. With a file it is written before
 * each answer, so that a seller that is killed goes on where it stopped.
 */
export class Books {
  private readonly state: State;

  constructor(private readonly file: string | undefined) {
    const saved = file !== undefined && existsSync(file);
    this.state = saved ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { instances: [], done: {} };
  }

  get instances(): readonly Instance[] {
    return this.state.instances;
  }

  /** The step that a script has for this call, which is then done. */
  next(script: Script, activity: string, orderId: string, orderLineId: string): Step {
    const key = `${activity}/${orderId}/${orderLineId}`;
    const n = this.state.done[key] ?? 0;
    this.state.done[key] = n + 1;
    return stepAt(script, n);
  }

  /** Scripts of this order begin anew. */
  restart(activity: string, orderId: string): void {
    const others = Object.entries(this.state.done).filter(
      ([key]) => !key.startsWith(`${activity}/${orderId}/`),
    );
    this.state.done = Object.fromEntries(others);
  }

  /** The instance of an order line, made if there is none yet: its id is the first request's businessId. */
  instanceOf(orderId: string, orderLineId: string, businessId: string): Instance {
    const known = this.instances.find((one) => one.orderId === orderId && one.orderLineId === orderLineId);
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

  find(instanceId: string): Instance | undefined {
    return this.instances.find((one) => one.instanceId === instanceId);
  }

  save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state));
    renameSync(`${this.file}.new`, this.file);
  }
}
