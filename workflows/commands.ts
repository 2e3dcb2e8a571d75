import { currentUpdateInfo, setHandler } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Command } from '../domain/commands';
import { ANSWERS_KEPT, type CommandRequest, type UpdateAnswer } from '../domain/order-line';
import type { CommandBody } from '../domain/schemas/commands';
import { SAAS_FLOW } from './flows/saas';
import { checkClose, checkNode, checkParty, checkRestart, checkShape, checkText } from './guards';
import type { Line } from './line';
import { commandUpdates } from './messages';
import { unsubscribe } from './steps/unsubscribe';

/** How a command is refused beyond role and node, and what it records. The main loop does the effects. */
interface CommandRule<C extends Command> {
  check?(line: Line, request: CommandRequest<CommandBody<C>>): void;
  record(line: Line, request: CommandRequest<CommandBody<C>>): void;
}

const RULES: { [C in Command]: CommandRule<C> } = {
  'restart-call': {
    check: ({ state, windows }, request) => checkRestart(state, windows, request, Date.now()),
    record: (line, { by }) => {
      const { state, windows } = line;
      const now = Date.now();
      state.restart = true;
      state.restarts = [...state.restarts.filter((at) => at > now - windows.restartPeriod), now];
      const note = `An extra ${SAAS_FLOW[state.node].restarts ?? ''} call was asked for.`;
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
    check: ({ order }, request) => {
      checkText(request.data, 'reason');
      checkClose(order, request);
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
};

/** Registers each command's update: a synchronous validator that refuses, and a handler that records. */
export function handleCommands(line: Line): void {
  for (const command of Object.keys(RULES) as Command[]) handleCommand(line, command);
}

function handleCommand<C extends Command>(line: Line, command: C): void {
  const rule: CommandRule<C> = RULES[command];
  const update: UpdateDefinition<UpdateAnswer, [CommandRequest<CommandBody<C>>]> = commandUpdates[command];
  setHandler(
    update,
    (request) => {
      const { state } = line;
      const given = knownAnswer(line);
      if (given) return given;
      rule.record(line, request);
      line.measure();
      const answer = line.answer();
      state.answers = [...state.answers, { id: updateId(), answer }].slice(-ANSWERS_KEPT);
      return answer;
    },
    {
      validator: (request: CommandRequest<CommandBody<C>>) => {
        if (knownAnswer(line)) return;
        checkShape(request);
        checkParty(line.order, command, request.by);
        checkNode(line.order, line.state, command);
        rule.check?.(line, request);
      },
    },
  );
}

/** The server forgets update ids when a run continues as new; the line does not. */
function knownAnswer(line: Line): UpdateAnswer | undefined {
  return line.state.answers.find((one) => one.id === updateId())?.answer;
}

function updateId(): string {
  return currentUpdateInfo()?.id ?? '';
}
