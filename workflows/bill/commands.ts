import { ApplicationFailure, CancellationScope, currentUpdateInfo, setHandler } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import { BILL_COMMAND_NAMES, type BillCommand } from '../../domain/billing/commands';
import type { BillAnswer, BillRequest } from '../../domain/billing/life';
import { isErrorCode, isRemembered, type ErrorParams } from '../../domain/errors';
import { ANSWERS_KEPT } from '../../domain/order-line';
import type { BillBody } from '../../domain/schemas/bills';
import { checkShape } from '../checks';
import { billUpdates } from '../messages';
import { refusal } from '../refusal';
import { checkPossible } from './checks';
import type { BillLife } from './life';
import { BILL_RULES, type BillRule } from './moves';
import type { RememberedBillAnswer } from './state';

/** Registers each command's update: a synchronous validator that refuses, and a handler that records. */
export function handleBillCommands(life: BillLife): void {
  for (const command of BILL_COMMAND_NAMES) handleCommand(life, command);
}

function handleCommand<C extends BillCommand>(life: BillLife, command: C): void {
  const rule: BillRule<C> = BILL_RULES[command];
  const update: UpdateDefinition<BillAnswer, [BillRequest<BillBody<C>>]> = billUpdates[command];
  setHandler(
    update,
    async (request) => {
      const given = knownAnswer(life);
      if (given) return given;
      if (rule.ask) await asked(life, command, () => rule.ask?.(life, request));
      rule.record(life, request);
      life.measure();
      const answer = life.answer();
      remember(life, { id: updateId(), answer });
      return answer;
    },
    {
      validator: (request: BillRequest<BillBody<C>>) => {
        if (knownAnswer(life)) return;
        checkShape(request);
        checkPossible(life, command, request.by);
        rule.check?.(life, request);
      },
    },
  );
}

/**
 * Asks elsewhere: others see that the command is pending, and are refused until it has come to something. A
 * cancellation in the Temporal UI does not end the question. A refusal is remembered like an answer (design §5).
 */
async function asked(
  life: BillLife,
  command: BillCommand,
  ask: () => Promise<void> | undefined,
): Promise<void> {
  const { state } = life;
  state.pending = command;
  state.revision += 1;
  try {
    await CancellationScope.nonCancellable(async () => ask());
  } catch (error) {
    const { type, details } = error instanceof ApplicationFailure ? error : {};
    if (isErrorCode(type) && isRemembered(type)) {
      const params = (details?.[0] ?? {}) as ErrorParams;
      remember(life, { id: updateId(), refused: { code: type, params } });
    }
    throw error;
  } finally {
    state.pending = null;
    state.revision += 1;
  }
}

/** The server forgets update ids when a run continues as new; the bill does not. */
function knownAnswer({ state }: BillLife): BillAnswer | undefined {
  const given = state.answers.find(({ id }) => id === updateId());
  if (given && 'refused' in given) throw refusal(given.refused.code, given.refused.params);
  return given?.answer;
}

function remember({ state }: BillLife, given: RememberedBillAnswer): void {
  state.answers = [...state.answers, given].slice(-ANSWERS_KEPT);
}

function updateId(): string {
  return currentUpdateInfo()?.id ?? '';
}
