import type { CommandRequest } from '../domain/order-line';
import type { CommandData } from '../domain/schemas/commands';
import { checkAttachments, checkRefund, checkText } from './checks';
import { startClock, stopClock } from './clocks';
import { complete } from './completion';
import type { Line } from './line';
import { refusal } from './refusal';
import { adjustClocks } from './standstill';
import { unsubscribe } from './steps/unsubscribe';

type Open = CommandRequest<CommandData<'open-appeal'>>;
type Resolve = CommandRequest<CommandData<'resolve-appeal'>>;

/** A side calls an operator in, at any node (domain.md 2.0): the line is frozen and its clocks stand still. */
export const openAppeal = {
  check(_line: Line, { data }: Open): void {
    checkText(data, 'reason');
    checkAttachments(data, 'proof', true);
  },
  async record(line: Line, { by, data }: Open): Promise<void> {
    const { state } = line;
    const { reason, proof } = data;
    const appeal = {
      ...{ status: 'OPEN' as const, by: by.role, reason, proof },
      ...{ openedAt: Date.now(), resolution: null },
    };
    state.appeal = appeal;
    adjustClocks(line);
    line.change({}, { by: by.role, command: 'open-appeal', note: reason, attachments: proof });
    const dueAt = await startClock(line, 'appeal');
    const other = by.role === 'buyer' ? ('seller' as const) : ('buyer' as const);
    if (state.appeal === appeal) line.mail('appeal-opened', ['operator', other], { quote: reason, dueAt });
  },
};

/** An operator's verdict: the line goes on where it stood, is completed, or is refunded. */
export const resolveAppeal = {
  check({ order }: Line, { data }: Resolve): void {
    checkText(data, 'reason');
    const { verdict, amount } = data;
    if (verdict === 'refund') return checkRefund(order, amount, 'amount', 1);
    if ((verdict === 'resume' || verdict === 'complete') && amount === undefined) return;
    throw refusal('INVALID_REQUEST', {
      problems: 'verdict: resume, complete or refund; amount: with refund only',
    });
  },
  record(line: Line, { by, data }: Resolve): void {
    const { state } = line;
    if (!state.appeal) return;
    const { verdict, reason } = data;
    state.appeal = { ...state.appeal, status: 'RESOLVED', resolution: { verdict, reason } };
    stopClock(line, 'appeal');
    const story = { by: by.role, command: 'resolve-appeal' as const };
    line.mail('appeal-resolved', ['buyer', 'seller'], { quote: reason, amount: data.amount ?? null });
    if (verdict === 'complete') return complete(line, { ...story, note: reason });
    if (verdict === 'refund' && data.amount) {
      return unsubscribe(line, reason, { outcome: 'UNSUBSCRIBED', amount: data.amount, ...story });
    }
    adjustClocks(line);
    line.change({}, { ...story, note: reason });
  },
};
