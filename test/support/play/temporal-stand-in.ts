import { AsyncLocalStorage } from 'node:async_hooks';
import { ActivityFailure, CancelledFailure, RetryState } from '@temporalio/common';

/** A call of the workflow to the outside, until it comes to its end. */
export interface Call {
  name: string;
  input: unknown;
  resolve: (answer: unknown) => void;
  /** Fails as an activity fails, for this cause. */
  fail: (cause: Error) => void;
}

interface Waiting {
  test: () => boolean;
  /** Epoch milliseconds; Infinity for one without a timer. */
  until: number;
  resolve: (held: boolean) => void;
}

interface Handler {
  handler: (...args: unknown[]) => unknown;
  validator?: (...args: unknown[]) => void;
}

/** What `continueAsNew` ends a run with. */
export class ContinuedAsNew extends Error {
  constructor(readonly input: unknown) {
    super('The run continues as new');
  }
}

const START = Date.parse('2026-11-23T10:00:00+08:00');
/** Turns after which code that always finds something to do is taken for a loop without end. */
const TOO_BUSY = 2_000;

/**
 * What workflow code asks of Temporal, without a server: its clock goes only when told, and what it calls outside
 * waits in `calls`. One at a time is `present`; a workflow that is left is never heard of again.
 */
export class Moment {
  static present: Moment;

  calls: Call[] = [];
  readonly handlers = new Map<string, Handler>();
  /** How many handlers of updates have not come to an end. */
  running = 0;
  isLong = false;
  readonly root = new Scope();
  private waiting: Waiting[] = [];

  /**
   * @param answeredAtOnce looks at each call before it has to wait; true when it saw to its end
   * @param now its clock; epoch milliseconds
   */
  constructor(
    private readonly answeredAtOnce: (call: Call) => boolean,
    public now = START,
  ) {
    Moment.present = this;
  }

  call(name: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = () => (this.calls = this.calls.filter((other) => other !== call));
      const call: Call = {
        ...{ name, input },
        resolve: (answer) => (gone(), resolve(answer)),
        fail: (cause) => (gone(), reject(activityFailure(name, cause))),
      };
      if (this.answeredAtOnce(call)) return;
      this.calls.push(call);
      (scopes.getStore() ?? this.root).calls.push(call);
    });
  }

  wait(test: () => boolean, ms = Infinity): Promise<boolean> {
    if (test()) return Promise.resolve(true);
    return new Promise((resolve) => this.waiting.push({ test, until: this.now + ms, resolve }));
  }

  /** Lets the workflow do all that it can without time, and without answers from outside. */
  async settle(): Promise<void> {
    for (let turns = 0; ; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!this.wake()) return;
      if (turns > TOO_BUSY) throw new Error('The workflow never comes to rest');
    }
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (let timers = 0; ; timers += 1) {
      await this.settle();
      const next = Math.min(...this.waiting.map(({ until }) => until));
      if (next > end) break;
      if (timers > TOO_BUSY) throw new Error('The workflow sets timers without end');
      this.now = Math.max(this.now, next);
      const due = this.waiting.filter(({ until }) => until <= this.now);
      this.waiting = this.waiting.filter((one) => !due.includes(one));
      for (const { test, resolve } of due) resolve(test());
    }
    this.now = end;
  }

  private wake(): boolean {
    const awake = this.waiting.filter(({ test }) => test());
    this.waiting = this.waiting.filter((one) => !awake.includes(one));
    for (const { resolve } of awake) resolve(true);
    return awake.length > 0;
  }
}

function activityFailure(name: string, cause: Error): ActivityFailure {
  return new ActivityFailure(name, name, '1', RetryState.NON_RETRYABLE_FAILURE, undefined, cause);
}

/** A cancellation ends the calls that were made in its scope, as far as they still wait. */
class Scope {
  calls: Call[] = [];
  cancelled = false;
  private reject: (error: Error) => void = () => undefined;
  readonly cancelRequested = new Promise<never>((_resolve, reject) => (this.reject = reject));

  constructor() {
    this.cancelRequested.catch(() => undefined);
  }

  run<T>(body: () => Promise<T>): Promise<T> {
    return scopes.run(this, body);
  }

  cancel(): void {
    this.cancelled = true;
    const cause = new CancelledFailure('Cancelled');
    this.reject(cause);
    for (const call of this.calls) call.fail(cause);
  }

  static current(): Scope {
    return scopes.getStore() ?? Moment.present.root;
  }

  static nonCancellable<T>(body: () => Promise<T>): Promise<T> {
    return new Scope().run(body);
  }
}
const scopes = new AsyncLocalStorage<Scope>();
/** The update that is handled. One store for all: each one costs every promise some time. */
export const updates = new AsyncLocalStorage<{ id: string; name: string }>();

/** Activities by name, with and without options of the call. */
function proxy(): unknown {
  const activity = (name: string) =>
    Object.assign((input: unknown) => Moment.present.call(name, input), {
      executeWithOptions: (_options: unknown, [input]: unknown[]) => Moment.present.call(name, input),
    });
  return new Proxy({}, { get: (_target, name) => activity(String(name)) });
}

/** In place of `@temporalio/workflow`; what is not here is the real one. */
export const standIn = {
  CancellationScope: Scope,
  allHandlersFinished: () => Moment.present.running === 0,
  condition: (test: () => boolean, ms?: number) => Moment.present.wait(test, ms),
  continueAsNew: (input: unknown) => Promise.reject(new ContinuedAsNew(input)),
  currentUpdateInfo: () => updates.getStore(),
  patched: () => true,
  proxyActivities: proxy,
  proxyLocalActivities: proxy,
  setCurrentDetails: () => undefined,
  setHandler: ({ name }: { name: string }, handler: Handler['handler'], more?: Partial<Handler>) => {
    Moment.present.handlers.set(name, { ...more, handler });
  },
  sleep: (ms: number) => Moment.present.wait(() => false, ms),
  upsertSearchAttributes: () => undefined,
  workflowInfo: () => ({ continueAsNewSuggested: Moment.present.isLong }),
};
