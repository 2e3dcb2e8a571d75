import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderLineAnswer } from '../../../domain/answers';
import { COMMAND_NAMES, COMMANDS, type Command } from '../../../domain/commands';
import { ERRORS, isErrorCode } from '../../../domain/errors';
import { defaultOrderLineId } from '../../../domain/ids';
import { PARCEL_STATES, type Shipment } from '../../../domain/logistics';
import type { OrderBody } from '../../../domain/schemas/order';
import type { Party, Role } from '../../../domain/parties';
import { formatTime } from '../../../domain/time';
import { commandUpdates } from '../../../workflows/messages';
import type { WireAnswer } from '../parties';
import { ARGUMENTS, bodyOf, insideOf } from './arguments';
import { CLOSERS } from './endings';
import type { LivePlan } from './live-orders';
import { outcomesOf } from './live-checks';
import { patiently } from './patience';
import type { Done } from './script';
import { buyerOf, sellerOf, type Stage } from './stage';
import type { LiveStep } from './steps';

type Answer = WireAnswer<OrderLineAnswer & { code?: string }>;
interface Given {
  by: Party;
  command: Command;
  body: object;
  key: string;
  /** `taken`, or the code of the refusal. */
  came: string;
  /** The revision that its answer told. */
  revision: number | undefined;
  /** Sent past the API, where a key is another update. */
  twin?: true;
}

/** A handler's refusal is written into the log too; all others come before anything is written. */
const REFUSED_BY_HANDLER = ['QUOTA_SPENT'];
/** Between two looks at a line that ends by itself. */
const LOOK_MS = 500;
const LOOKS = 480;
/** Codes of what is to be asked again, and passes. */
const PASSING = ['TRY_AGAIN', 'RATE_LIMITED'];

/** The life of one order on the live server. */
export class LiveLine {
  readonly done: Done[] = [];
  readonly violations: string[] = [];
  /** Every key once. */
  readonly given: Given[] = [];
  commands = 0;
  private count = 0;

  private constructor(
    readonly stage: Stage,
    readonly order: OrderBody,
    private readonly lane: number,
  ) {}

  /** Plays a plan from the order to its end. */
  static async play(stage: Stage, plan: LivePlan, lane: number): Promise<LiveLine> {
    const order = stage.orderOf(plan, lane);
    const line = new LiveLine(stage, order, lane);
    const { client } = await line.at({ role: 'platform', sub: 'platform-1' });
    await patiently(() => client.placeOrder(order));
    try {
      for (const step of plan.steps) await line.make(step);
      await line.finish();
      line.violations.push(...(await outcomesOf(line)));
      await line.expectFrozen();
    } catch (error) {
      line.violations.push(error instanceof Error ? error.message : String(error));
    }
    return line;
  }

  get orderId(): string {
    return this.order.orderId;
  }

  /** How often each command took effect. */
  get taken(): Record<string, number> {
    const taken: Record<string, number> = {};
    const effective = this.given.filter(({ came }) => came === 'taken' || REFUSED_BY_HANDLER.includes(came));
    for (const { command } of effective) taken[command] = (taken[command] ?? 0) + 1;
    return taken;
  }

  async view(role: 'operator' | 'buyer' = 'operator'): Promise<OrderLineAnswer> {
    const { client } = await this.at(this.partyOf(role));
    return (await patiently(() => client.getOrder(this.orderId))).lines[0]!;
  }

  private async make(step: LiveStep): Promise<void> {
    switch (step.do) {
      case 'possible': {
        const chosen = await this.choose(step.choice);
        if (chosen)
          await this.give(chosen.command, this.partyOf(chosen.role), this.bodyOf(chosen.command, step.body));
        return;
      }
      case 'any':
        await this.give(
          step.command,
          this.partyOf(step.role, step.own),
          this.bodyOf(step.command, step.body),
        );
        return;
      case 'again':
        return this.repeat(step.choice);
      case 'twins':
        return this.sendTwins(step.choice, step.body);
      case 'wait':
        this.done.push({ happened: `${step.ms} ms pass` });
        return sleep(step.ms);
      case 'kill':
        this.done.push({ happened: 'Steward is killed and comes back' });
        // In the middle of what follows.
        return void this.stage.kill().catch((error: unknown) => this.violations.push(String(error)));
    }
  }

  /** One of what is possible now; before it the software of others may have had its turn. */
  private async choose(choice: number): Promise<{ command: Command; role: Role } | undefined> {
    const before = await this.view();
    const { node, shipment } = before;
    const acts = choice % 2 === 0 && (node === 'ACTIVATING' || shipment !== null);
    if (acts && node === 'ACTIVATING') await this.activate();
    if (acts && shipment) await this.tellOf(shipment, choice);
    const { allowed } = acts ? await this.view() : before;
    const all = allowed.flatMap(({ command, roles }) => roles.map((role) => ({ command, role })));
    return all[choice % all.length];
  }

  private async activate(): Promise<void> {
    const { licenseCode } = await this.view('buyer');
    if (licenseCode === undefined) return;
    const { client } = await this.at(this.partyOf('seller'));
    await this.happens("the seller's software activates the licence code", () =>
      client.activateLicense(licenseCode),
    );
  }

  /** The carrier pushes what may be new, old or a contradiction. */
  private async tellOf(
    { carrier, trackingNumber }: Pick<Shipment, 'carrier' | 'trackingNumber'>,
    choice: number,
  ): Promise<void> {
    const state = PARCEL_STATES[choice % PARCEL_STATES.length]!;
    const at = formatTime(Date.now() - choice * 1_000);
    const { client } = await this.at(this.partyOf('carrier'));
    await this.happens(`the carrier says ${state} of ${trackingNumber}, since ${at}`, () =>
      client.logisticsEvent({ carrier, trackingNumber, state, at }),
    );
  }

  /** What the software of others does is taken, or refused with a code. */
  private async happens(what: string, ask: () => Promise<unknown>): Promise<void> {
    const came = await patiently(ask).then(
      () => 'taken',
      (error: unknown) => String((error as { code?: string }).code),
    );
    this.done.push({ happened: `${what}: ${came}` });
    if (came !== 'taken' && !isErrorCode(came))
      this.violations.push(`${what}: ${came} is no code of the catalogue`);
  }

  async give(command: Command, by: Party, body: object, key = this.newKey()): Promise<Given> {
    const answer = await this.post(command, by, body, key);
    const given = {
      by,
      command,
      body,
      key,
      came: this.cameOf(command, answer),
      revision: answer.body.revision,
    };
    const before = this.given.findIndex((one) => one.key === key);
    if (before >= 0) this.given[before] = given;
    else this.given.push(given);
    this.done.push({ by, command, data: body, key, came: given.came });
    return given;
  }

  /** As a client does: what is to be tried again is sent again under the same key. */
  private async post(command: Command, by: Party, body: object, key: string): Promise<Answer> {
    const { post } = await this.at(by);
    for (let tries = 1; ; tries += 1) {
      this.commands += 1;
      const answer: Answer = await patiently(() => post(`/orders/${this.orderId}/${command}`, body, key));
      if (!PASSING.includes(answer.body.code ?? '') || tries === 30) return answer;
      await sleep(LOOK_MS);
    }
  }

  private cameOf(command: Command, { status, body }: Answer): string {
    if (status === 200) return 'taken';
    const { code } = body;
    const coded = isErrorCode(code) && ERRORS[code].status === status && status < 500;
    if (!coded)
      this.violations.push(`${command} got ${status} ${JSON.stringify(body)}, no refusal of the catalogue`);
    return code ?? String(status);
  }

  /** The same request once more: what was taken gets its first answer, and has no second effect. */
  private async repeat(choice: number): Promise<void> {
    const once = this.given.filter(({ twin }) => twin === undefined);
    const before = once[choice % once.length];
    if (!before) return;
    const { command, by, body, key, came, revision } = before;
    const again = await this.give(command, by, body, key);
    if (came === 'taken' && (again.came !== came || again.revision! < revision!)) {
      this.violations.push(`${command} under ${key} was taken, and then got ${again.came} ${again.revision}`);
    }
  }

  /** The same update twice at the same moment, past the API. An address is stashed by the API only. */
  private async sendTwins(choice: number, body: number): Promise<void> {
    const chosen = await this.choose(choice);
    if (!chosen || ARGUMENTS[chosen.command]?.inside) return;
    const { command } = chosen;
    const [by, carried, key] = [this.partyOf(chosen.role), this.bodyOf(command, body), this.newKey()];
    const request = { by, data: insideOf(command, carried, key) };
    const send = () =>
      this.stage.ground
        .handle(this.orderId)
        .executeUpdate<{ revision: number }, [never]>(commandUpdates[command] as never, {
          args: [request as never],
          updateId: key,
        })
        .then(
          ({ revision }) => ({ came: 'taken', revision }),
          (error: unknown) => ({ came: codeOf(error), revision: undefined }),
        );
    this.commands += 2;
    const [one, other] = await Promise.all([send(), send()]);
    const { came, revision } = one.came === 'taken' ? one : other;
    this.given.push({ by, command, body: carried, key, came, revision, twin: true });
    this.done.push({ by, command, data: carried, key, came: `${came}; sent twice at once, as an update` });
    const coded = [one, other].filter((sent) => sent.came !== 'taken' && !isErrorCode(sent.came));
    for (const sent of coded) this.violations.push(`${command} as an update got ${sent.came}`);
    if (one.came === other.came && one.revision === other.revision) return;
    this.violations.push(`the twins of ${command} got ${JSON.stringify([one, other])}`);
  }

  /** From wherever it is, an operator and time bring it to its end. */
  private async finish(): Promise<void> {
    const operator = this.partyOf('operator');
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const { node, allowed } = await this.view();
      if (node === 'ENDED') return;
      const closer = CLOSERS.find(({ command }) => allowed.some((one) => one.command === command));
      if (closer) await this.give(closer.command, operator, this.bodyOf(closer.command, closer.body));
      else await sleep(LOOK_MS);
    }
    throw new Error(`No way to an end from ${JSON.stringify(await this.view())}`);
  }

  /** Nothing changes in an ended line, whatever it is given. */
  private async expectFrozen(): Promise<void> {
    const before = JSON.stringify(await this.view());
    for (const command of COMMAND_NAMES) {
      const answer = await this.post(
        command,
        this.partyOf(COMMANDS[command][0]),
        this.bodyOf(command, 0),
        this.newKey(),
      );
      const came = this.cameOf(command, answer);
      if (came === 'taken') this.violations.push(`${command} was taken after the end`);
    }
    const after = JSON.stringify(await this.view());
    if (after !== before) this.violations.push(`changed after its end: ${before} became ${after}`);
  }

  partyOf(role: Role, own = true): Party {
    const { lane } = this;
    if (!own) return { role, sub: `stranger-${lane}` };
    const sub =
      role === 'seller' ? sellerOf(lane) : role === 'buyer' ? buyerOf(lane) : `play-${role}-${lane}`;
    return { role, sub };
  }

  private bodyOf(command: Command, choice: number): object {
    return bodyOf(command, choice, this.orderId);
  }

  private at({ role, sub }: Party) {
    return this.stage.ground.other(role, sub);
  }

  private newKey(): string {
    this.count += 1;
    return `${defaultOrderLineId(this.orderId)}-K${this.count}`;
  }
}

/** What an update past the API was refused with. */
function codeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { type?: string }; name?: string };
  if (name === 'WorkflowNotFoundError') return 'ORDER_ENDED';
  return cause?.type ?? String(error);
}
