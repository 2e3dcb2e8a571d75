import { workflowInfo } from '@temporalio/workflow';
import { BILL_COMMANDS } from '../../domain/billing/commands';
import { BILL_FLOWS, billFlowName, stepOf, type BillFlow, type BillStep } from '../../domain/billing/flows';
import type { BillAnswer, BillDrawn, BillLogEntry, BillStart, BillView } from '../../domain/billing/life';
import type { BillMail, BillMailKind, BillMailRecipient } from '../../domain/billing/mail';
import { commandsIn, isBillEnd } from '../../domain/billing/machine';
import type { BillNode } from '../../domain/billing/nodes';
import type { BillWindows } from '../../domain/billing/windows';
import { billMailId } from '../../domain/ids';
import type { Money } from '../../domain/money';
import type { BillState } from './state';

/** What is told of a change. */
export type BillStory = Partial<Pick<BillLogEntry, 'by' | 'command'>> & Pick<BillLogEntry, 'note'>;

/** One bill: what it was drawn as, what it remembers, and the few ways in which it changes. */
export class BillLife {
  readonly bill: BillDrawn;
  readonly windows: BillWindows;
  readonly flow: BillFlow;
  /** The history has grown so long that it is to go on in a fresh one. */
  isLong = false;
  /** How many of the mails are on their way, or out. */
  mailsBegun: number;

  constructor(
    { bill, windows }: BillStart,
    readonly state: BillState,
  ) {
    this.bill = bill;
    this.windows = windows;
    this.flow = BILL_FLOWS[billFlowName(bill)];
    // Those that an earlier run did not get out are sent again, under their ids.
    this.mailsBegun = state.mailed - state.mails.length;
  }

  get step(): BillStep {
    return stepOf(this.flow, this.state.node);
  }

  /** What the bill pays, with all adjustments. */
  get payable(): Money {
    const { currency, payableMinor } = this.bill;
    return { currency, minor: payableMinor + this.state.adjustedMinor };
  }

  get ended(): boolean {
    return isBillEnd(this.flow, this.state.node);
  }

  get overdue(): boolean {
    return this.state.clock?.toldAt != null;
  }

  /** The calendar is asked for a time limit: until it has answered, what is shown would lack it. */
  get asking(): boolean {
    const { clock } = this.state;
    return clock !== null && (clock.dueAt === null || (this.tellsAgain && clock.againAt === null));
  }

  /** A step that is overdue is told again and again. */
  get tellsAgain(): boolean {
    return this.overdue && this.step.tellsAgain === true;
  }

  /** Looks at the history's length: only after an activity, a timer or a command, see `Line.measure`. */
  measure(): void {
    this.isLong = workflowInfo().continueAsNewSuggested;
  }

  /** Writes into the log, and makes a new revision. */
  note({ by = 'steward', command = null, note }: BillStory, from = this.state.node): void {
    const { log, node } = this.state;
    log.push({ seq: log.length + 1, at: Date.now(), by, command, from, to: node, note });
    this.state.revision += 1;
  }

  /**
   * Goes to a node, and on where that passes by itself.
   *
   * @param since from when the time limit of the node counts; default: now
   */
  enter(node: BillNode, story: BillStory, since = Date.now()): void {
    const { state } = this;
    const from = state.node;
    state.node = node;
    const { window, passesTo } = this.step;
    state.clock =
      window === undefined
        ? null
        : { from: since, dueAt: null, provisional: false, reminded: 0, toldAt: null, againAt: null };
    this.note(story, from);
    if (passesTo) this.enter(passesTo, { note: 'Goes on by itself.' });
  }

  /** Puts a mail on its way for each recipient; `mails.ts` sends them. */
  mail(kind: BillMailKind, to: readonly BillMailRecipient[], quote: string | null = null): void {
    const { state, bill } = this;
    const { invoice, clock } = state;
    for (const recipient of to) {
      state.mailed += 1;
      const request: BillMail = {
        ...{ id: billMailId(bill.id, state.mailed), kind, to: recipient },
        ...{ billId: bill.id, sellerId: bill.sellerId, node: state.node, payable: this.payable, quote },
        dueAt: clock?.dueAt ?? null,
        invoice: invoice && {
          number: invoice.number,
          courierNumber: invoice.courierNumber,
          paymentRequestNumber: invoice.paymentRequestNumber,
        },
      };
      state.mails.push({ request, since: Date.now() });
    }
  }

  answer(): BillAnswer {
    const { revision, node } = this.state;
    return { revision, node, waitingFor: this.step.waitingFor };
  }

  view(): BillView {
    const { state, payable, overdue } = this;
    const { revision, node, clock, adjustedMinor, invoice, payment, log, pending } = state;
    const possible = pending === null ? commandsIn(this.flow, { node, payableMinor: payable.minor }) : [];
    return {
      ...{ revision, node, waitingFor: this.step.waitingFor },
      allowed: possible.map((command) => ({ command, roles: BILL_COMMANDS[command] })),
      dueAt: clock?.dueAt ?? null,
      provisional: clock?.provisional ?? false,
      ...{ overdue, payable, adjustedMinor, invoice, payment, log },
    };
  }
}
