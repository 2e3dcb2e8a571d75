import { ApplicationFailure, currentUpdateInfo, setHandler } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Command } from '../domain/commands';
import { isErrorCode, isRemembered, type ErrorParams } from '../domain/errors';
import { ANSWERS_KEPT, type CommandRequest, type UpdateAnswer } from '../domain/order-line';
import type { CommandData } from '../domain/schemas/commands';
import { openAppeal, resolveAppeal } from './appeal';
import { agree } from './bundle/part';
import { checkParty, checkReceived, checkRefund, checkRestart, checkShape, checkText } from './checks';
import { whyNot } from './guards';
import type { Line } from './line';
import { commandUpdates } from './messages';
import { MOVES } from './moves';
import { askAgain } from './notify';
import { refusal } from './refusal';
import { changeAddress, correctLogistics, remindBuyer } from './shipping';
import type { Remembered } from './state';
import { unsubscribe } from './steps/unsubscribe';
import { answerUnsubscription, confirmUnsubscription, requestUnsubscription } from './unsubscription';
import { unsubscribeWithoutReason } from './without-reason';

/** How a command is refused beyond role and node, and what it records. The main loop does the effects. */
interface CommandRule<C extends Command> {
  check?(line: Line, request: CommandRequest<CommandData<C>>): void;
  record(line: Line, request: CommandRequest<CommandData<C>>): void | Promise<void>;
  /** Its answer, or refusal, is what `record` comes to in the end; else the answer is that of its begin. */
  decides?: true;
}

const RULES: { [C in Command]: CommandRule<C> } = {
  ...MOVES,
  'restart-call': {
    check: (line, request) => checkRestart(line, request, Date.now()),
    record: (line, { by }) => {
      const { state, windows, here } = line;
      const now = Date.now();
      if (here.restarts === 'orderNotify') askAgain(line);
      else state.restart = true;
      state.restarts = [...state.restarts.filter((at) => at > now - windows.restartPeriod), now];
      const note = `An extra ${here.restarts ?? ''} call was asked for.`;
      line.change({}, { by: by.role, command: 'restart-call', note });
    },
  },
  'confirm-release': {
    check: (_line, { data }) => checkText(data, 'note'),
    record: (line, { by, data }) =>
      line.change(
        { node: 'ENDED', dueAt: null },
        { by: by.role, command: 'confirm-release', note: data.note },
      ),
  },
  close: {
    check: ({ order }, { data }) => {
      checkText(data, 'reason');
      checkRefund(order, data.refund, 'refund', 0);
    },
    record: (line, { by, data }) =>
      unsubscribe(line, data.reason, {
        outcome: 'CLOSED',
        amount: data.refund,
        by: by.role,
        command: 'close',
      }),
  },
  'retry-refund': {
    record: (line, { by }) => {
      const { state, windows } = line;
      if (!state.undo) return;
      state.undo.asked = 'retry';
      state.undo.stuckAt = Date.now() + windows.refundStuck;
      line.change(
        { node: 'REFUNDING', dueAt: state.undo.stuckAt },
        { by: by.role, command: 'retry-refund', note: 'The same refund is sent again.' },
      );
    },
  },
  'record-refund': {
    check: (_line, { data }) => checkText(data, 'reason'),
    record: (line, { by, data }) => {
      const { undo } = line.state;
      if (!undo) return;
      undo.asked = 'record';
      line.change({}, { by: by.role, command: 'record-refund', note: data.reason });
    },
  },
  'correct-logistics': correctLogistics,
  'change-address': changeAddress,
  'remind-buyer': remindBuyer,
  'request-unsubscription': {
    check: ({ order, state }, { data }) => {
      checkText(data, 'reason');
      checkRefund(order, data.amount, 'amount', 1);
      checkReceived(state, data.received);
    },
    record: requestUnsubscription,
  },
  'confirm-unsubscription': { record: confirmUnsubscription },
  'refuse-unsubscription': {
    check: (_line, { data }) => checkText(data, 'reason'),
    record: (line, { by, data }) => answerUnsubscription(line, 'REFUSED', by, data.reason),
  },
  'approve-unsubscription': {
    record: (line, { by }) =>
      line.order.bundle ? agree(line, by) : answerUnsubscription(line, 'APPROVED', by),
  },
  'reject-unsubscription': {
    check: (_line, { data }) => checkText(data, 'reason'),
    record: (line, { by, data }) => answerUnsubscription(line, 'REJECTED', by, data.reason),
  },
  'withdraw-unsubscription': { record: (line, { by }) => answerUnsubscription(line, 'WITHDRAWN', by) },
  unsubscribe: { ...unsubscribeWithoutReason, decides: true },
  'open-appeal': openAppeal,
  'resolve-appeal': resolveAppeal,
};

/** Registers each command's update: a synchronous validator that refuses, and a handler that records. */
export function handleCommands(line: Line): void {
  for (const command of Object.keys(RULES) as Command[]) handleCommand(line, command);
}

function handleCommand<C extends Command>(line: Line, command: C): void {
  const rule: CommandRule<C> = RULES[command];
  const update: UpdateDefinition<UpdateAnswer, [CommandRequest<CommandData<C>>]> = commandUpdates[command];
  setHandler(
    update,
    (request) => {
      const given = knownAnswer(line);
      if (given) return given;
      const recorded = rule.record(line, request);
      line.measure();
      if (recorded && rule.decides) return decided(line, recorded);
      const answer = line.answer();
      remember(line, { answer });
      // The answer is that of the moment of the command, also when the calendar is asked first.
      return recorded === undefined ? answer : recorded.then(() => answer);
    },
    {
      validator: (request: CommandRequest<CommandData<C>>) => {
        if (knownAnswer(line)) return;
        checkShape(request);
        checkParty(line.order, command, request.by);
        const reason = whyNot(line, command, request.by.role);
        if (reason) throw refusal(reason.code, reason.params);
        rule.check?.(line, request);
      },
    },
  );
}

/** The answer of a command that was asked elsewhere; its refusal is remembered like an answer (design §5). */
async function decided(line: Line, recorded: Promise<void>): Promise<UpdateAnswer> {
  try {
    await recorded;
  } catch (error) {
    const { type, details } = error instanceof ApplicationFailure ? error : {};
    if (isErrorCode(type) && isRemembered(type)) {
      remember(line, { refused: { code: type, params: (details?.[0] ?? {}) as ErrorParams } });
    }
    throw error;
  }
  const answer = line.answer();
  remember(line, { answer });
  return answer;
}

/** The server forgets update ids when a run continues as new; the line does not. */
export function knownAnswer(line: Line): UpdateAnswer | undefined {
  const given = line.state.answers.find((one) => one.id === updateId());
  if (given && 'refused' in given) throw refusal(given.refused.code, given.refused.params);
  return given?.answer;
}

/** Keeps what the update that is handled now comes to for its repetitions. */
export function remember({ state }: Line, given: Remembered): void {
  state.answers = [...state.answers, { id: updateId(), ...given }].slice(-ANSWERS_KEPT);
}

function updateId(): string {
  return currentUpdateInfo()?.id ?? '';
}
