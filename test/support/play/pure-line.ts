import { ApplicationFailure } from '@temporalio/common';
import { COMMAND_NAMES, COMMANDS, type Command } from '../../../domain/commands';
import { isErrorCode } from '../../../domain/errors';
import type { PlatformEvent, RefundRequest } from '../../../domain/events';
import type { MailRequest } from '../../../domain/mail';
import type { LineView, OrderLine, OrderLineStart } from '../../../domain/order-line';
import type { Party, Role } from '../../../domain/parties';
import { ROLES } from '../../../domain/parties';
import { WINDOWS } from '../../../domain/windows';
import { orderLine } from '../../../workflows/order-line';
import { bodyOf, insideOf, SOFTWARE } from './arguments';
import { violationsOf } from './invariants';
import { answerAtOnce, endCall } from './outside';
import type { Done } from './script';
import type { PureStep } from './steps';
import { ContinuedAsNew, Moment, updates, type Call } from './temporal-stand-in';

/** What came of an update: its answer, the code of its refusal, or nothing yet. */
type Outcome = { answer: unknown } | { refused: string } | 'pending';

interface Given {
  name: string;
  request: { by: Party };
  id: string;
  outcome: Outcome;
}

/** Refused because of what the line is, and not of what the command carries: `allowed` says the same. */
const NOT_NOW = [
  ...['FORBIDDEN', 'NOT_FOUND', 'ORDER_ENDED', 'NOT_SUPERVISED', 'APPEAL_OPEN', 'UNSUBSCRIPTION_PENDING'],
  ...['REFUND_DECIDED', 'TRIAL_NOT_REFUNDABLE', 'LICENSE_CLAIMED', 'BUNDLE_ONLY', 'BUNDLE_DECIDING'],
  ...['NO_FIVE_DAYS', 'FIVE_DAYS_OVER', 'CALL_IN_PROGRESS', 'NOT_ALLOWED_NOW'],
];

/** The whole workflow of one line on the stand-in of Temporal, what was done to it, and what was wrong. */
export class PureLine {
  readonly done: Done[] = [];
  readonly violations: string[] = [];
  moment: Moment;
  /** Every id once. */
  private readonly given: Given[] = [];
  private readonly taken: Record<string, number> = {};
  private readonly log: LineView['log'] = [];
  private readonly refunds: RefundRequest[] = [];
  private readonly events: PlatformEvent[] = [];
  private readonly mails: MailRequest[] = [];
  private frozen: string | undefined;
  private continued: OrderLineStart | undefined;
  private closed = false;
  private count = 0;

  private constructor(readonly order: OrderLine) {
    this.moment = this.run({ line: order, windows: WINDOWS.standard });
  }

  static async begin(order: OrderLine): Promise<PureLine> {
    const line = new PureLine(order);
    await line.rest();
    return line;
  }

  get view(): LineView {
    return this.moment.handlers.get('view')!.handler() as LineView;
  }

  /** Who can do what now, commands and what software does. */
  get possible(): { command: string; role: Role }[] {
    const commands = this.view.allowed.flatMap(({ command, roles }) =>
      roles.map((role) => ({ command, role })),
    );
    const software = Object.entries(SOFTWARE).filter(([name]) => this.moment.handlers.has(name));
    const ended = this.view.node === 'ENDED';
    return ended ? [] : [...commands, ...software.map(([command, { role }]) => ({ command, role }))];
  }

  /** Makes a step and looks whether all is as it must be. */
  async make(step: PureStep): Promise<void> {
    await this.act(step);
    await this.rest();
    this.check();
  }

  /** Gives a command, or what software says; `choice` of its bodies. */
  async give(command: string, by: Party, choice: number): Promise<Outcome> {
    const id = this.newId();
    const software = SOFTWARE[command];
    if (software) return this.send(command, { by, ...software.request(this.moment.now) }, id);
    return this.send(
      command,
      { by, data: insideOf(command, bodyOf(command, choice), id) } as { by: Party },
      id,
    );
  }

  /** By a party of the line in this role. */
  partyOf(role: Role, own = true): Party {
    const { sellerId, buyerId } = this.order;
    if (!own) return { role, sub: 'somebody-else' };
    return { role, sub: role === 'seller' ? sellerId : role === 'buyer' ? buyerId : `${role}-1` };
  }

  /** What is said of now: whoever finds the same words elsewhere need not look again. */
  get situation(): string {
    const { status, node, waitingFor, allowed, unsubscription, appeal, license } = this.view;
    const { claimedAt, activatedAt } = license ?? {};
    const waiting = this.moment.calls.map(({ name }) => name).sort();
    const disputes = [unsubscription?.status, appeal?.status, claimedAt != null, activatedAt != null];
    const can = allowed.map(({ command, roles }) => `${command} ${roles.join()}`);
    return JSON.stringify([this.order.delivery, status, node, waitingFor, disputes, waiting, can]);
  }

  /** The view's `allowed` and the validators say the same, for each command and role. */
  expectAllowedAsValidated(): void {
    const { allowed } = this.view;
    for (const command of COMMAND_NAMES) {
      for (const role of ROLES) {
        const roles: readonly Role[] = allowed.find((one) => one.command === command)?.roles ?? [];
        const code = this.whyNot(command, role);
        const told = roles.includes(role);
        if (told !== (code === undefined)) {
          const validated = code === undefined ? 'lets it through' : `refuses it as ${code}`;
          this.violations.push(`${command} by ${role}: allowed says ${told}, the validator ${validated}`);
        }
      }
    }
  }

  private whyNot(command: Command, role: Role): string | undefined {
    const body = insideOf(command, bodyOf(command, 0), 'A-1');
    const refused = this.refusalOf(command, { by: this.partyOf(role), data: body } as { by: Party }, 'asks');
    // Until the line has learned that its time is over, only the clock knows.
    if (refused === 'FIVE_DAYS_OVER' && this.view.node === 'FIVE_DAYS') return undefined;
    return refused !== undefined && NOT_NOW.includes(refused) ? refused : undefined;
  }

  private async act(step: PureStep): Promise<void> {
    const { moment } = this;
    switch (step.do) {
      case 'possible': {
        const { possible } = this;
        const chosen = possible[step.choice % possible.length];
        if (chosen) await this.give(chosen.command, this.partyOf(chosen.role), step.body);
        return;
      }
      case 'any':
        await this.give(step.command, this.partyOf(step.role, step.own), step.body);
        return;
      case 'malformed': {
        const request = { by: this.partyOf(step.role), data: step.data } as { by: Party };
        await this.send(step.command, request, this.newId());
        return;
      }
      case 'again':
        return this.repeat(step.choice);
      case 'answer': {
        const call = moment.calls[step.choice % moment.calls.length];
        if (!call) return;
        this.done.push({ happened: `${call.name} ends in its way ${step.outcome}` });
        return endCall(call, step.outcome, moment.now);
      }
      case 'pass':
        this.done.push({ happened: `${step.ms / 1_000} s pass` });
        return moment.pass(step.ms);
      case 'grow':
        this.done.push({ happened: 'the history is long' });
        return void (moment.isLong = true);
      case 'cancel':
        return this.cancel();
    }
  }

  /** A cancellation counts as a `close`, or changes nothing (design §3). */
  private async cancel(): Promise<void> {
    this.done.push({ happened: 'the workflow is cancelled in the Temporal UI' });
    const entries = this.log.length;
    this.moment.root.cancel();
    await this.rest();
    const closed = this.log.slice(entries).some(({ command }) => command === 'close');
    if (closed) this.taken['close'] = (this.taken['close'] ?? 0) + 1;
  }

  /** Under the same id nothing happens again, and the answer is the same. What is under way the server joins. */
  private async repeat(choice: number): Promise<void> {
    const given = this.given[choice % this.given.length];
    if (!given || given.outcome === 'pending') return;
    const { name, request, id, outcome: before } = given;
    const entries = this.log.length;
    const outcome = await this.send(name, request, id);
    await this.rest();
    if (!hasAnswer(before) || SOFTWARE[name]) return;
    const same = JSON.stringify(outcome) === JSON.stringify(before);
    if (!same) this.violations.push(`${name} given again: another answer`);
    this.taken[name]! -= 1;
    if (this.log.length > entries) this.violations.push(`${name} given again was written again`);
  }

  /** Sends an update as Temporal does: validated first, then handled. */
  private async send(name: string, request: { by: Party }, id: string): Promise<Outcome> {
    const { moment } = this;
    const args = JSON.parse(JSON.stringify(request)) as { by: Party };
    const given = this.entryOf(name, args, id);
    given.outcome = 'pending';
    const refused = this.refusalOf(name, args, id);
    if (refused === undefined) {
      this.taken[name] = (this.taken[name] ?? 0) + 1;
      moment.running += 1;
      const handled = moment.root.run(() =>
        updates.run({ id, name }, () =>
          Promise.resolve().then(() => moment.handlers.get(name)!.handler(args)),
        ),
      );
      void handled
        .then(
          (answer) => (given.outcome = { answer }),
          (error: unknown) => (given.outcome = { refused: this.codeOf(name, error) }),
        )
        .finally(() => (moment.running -= 1));
    } else {
      given.outcome = { refused };
    }
    await moment.settle();
    const { outcome } = given;
    const came = outcome === 'pending' ? 'no answer yet' : 'refused' in outcome ? outcome.refused : 'taken';
    const { by, data = {} } = args as { by: Party; data?: unknown };
    this.done.push({ by, command: name, data, key: id, came });
    return outcome;
  }

  private entryOf(name: string, request: { by: Party }, id: string): Given {
    const known = this.given.find((one) => one.id === id);
    if (known) return known;
    const entry: Given = { name, request, id, outcome: 'pending' };
    this.given.push(entry);
    return entry;
  }

  private refusalOf(name: string, request: { by: Party }, id: string): string | undefined {
    const { moment } = this;
    try {
      updates.run({ id, name }, () => moment.handlers.get(name)?.validator?.(request));
      return undefined;
    } catch (error) {
      return this.codeOf(name, error);
    }
  }

  /** Every refusal is one of the catalogue. */
  private codeOf(name: string, error: unknown): string {
    if (error instanceof ApplicationFailure && isErrorCode(error.type)) return error.type;
    const words = `${name} failed with ${String(error)}, which is no refusal of the catalogue`;
    this.violations.push(words);
    return words;
  }

  private newId(): string {
    this.count += 1;
    return `K-${this.count}`;
  }

  private run(input: OrderLineStart, now?: number): Moment {
    const moment = new Moment((call) => this.sees(call), now);
    moment.root
      .run(() => orderLine(input))
      .then(
        () => (this.closed = true),
        (error: unknown) => {
          if (error instanceof ContinuedAsNew) this.continued = error.input as OrderLineStart;
          else this.violations.push(`The workflow failed: ${String(error)}`);
        },
      );
    return moment;
  }

  /** Until nothing happens any more, over runs that continue as new. */
  private async rest(): Promise<void> {
    await this.moment.settle();
    while (this.continued) {
      // What the next run gets was JSON in between.
      const input = JSON.parse(JSON.stringify(this.continued)) as OrderLineStart;
      this.continued = undefined;
      this.moment = this.run(input, this.moment.now);
      await this.moment.settle();
    }
    const { log } = this.view;
    const last = this.log.at(-1)?.seq ?? 0;
    this.log.push(...log.filter(({ seq }) => seq > last));
  }

  private sees(call: Call): boolean {
    if (call.name === 'refund') this.refunds.push(call.input as RefundRequest);
    if (call.name === 'deliverEvents')
      this.events.push(...(call.input as { events: PlatformEvent[] }).events);
    if (call.name === 'sendMail') this.mails.push(call.input as MailRequest);
    return answerAtOnce(call, Moment.present.now);
  }

  private check(): void {
    const { order, view, log, refunds, events } = this;
    const { status, node, completion } = view;
    const taken = Object.fromEntries(Object.entries(this.taken).filter(([name]) => name in COMMANDS));
    const accepted = completion != null;
    const facts = { status, node, paid: order.amount, accepted, log, refunds, events, taken };
    this.violations.push(...violationsOf(facts));
    const mails = new Set(this.mails.map(({ id }) => id));
    if (mails.size < this.mails.length) this.violations.push('a mail was made twice');
    const frozen = JSON.stringify({ ...view, log: undefined, revision: undefined });
    if (this.frozen !== undefined && frozen !== this.frozen) {
      this.violations.push(`changed after its end: ${this.frozen} became ${frozen}`);
    }
    if (node !== 'ENDED') return;
    this.frozen = frozen;
    if (view.allowed.length > 0) this.violations.push('something is allowed after the end');
    // A call that is under way is waited for before a long history is left.
    if (!this.closed && this.moment.calls.length === 0)
      this.violations.push('it has ended, its workflow has not');
  }
}

function hasAnswer(outcome: Outcome): outcome is { answer: unknown } {
  return outcome !== 'pending' && 'answer' in outcome;
}
