import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../../activities/contracts';
import { MAIL, MAIL_TOTAL } from '../policies';
import type { BillLife } from './life';
import type { BillState } from './state';

const { sendBillMail } = proxyActivities<MailActivities>(MAIL);

/** Whether there are mails that are not on their way. */
export function mailsWait({ state, mailsBegun }: BillLife): boolean {
  return state.mailed > mailsBegun;
}

/** Sends the bill's mails, each by itself. No mail trouble moves the bill (design §8). */
export function sendMails(life: BillLife): void {
  const { state } = life;
  if (!mailsWait(life)) return;
  const waiting = state.mails.slice(life.mailsBegun - state.mailed);
  life.mailsBegun = state.mailed;
  for (const mail of waiting) void send(life, mail);
}

async function send(life: BillLife, mail: BillState['mails'][number]): Promise<void> {
  const { state } = life;
  const { request, since } = mail;
  // The calendar has answered since it was written.
  if (request.node === state.node) request.dueAt = state.clock?.dueAt ?? null;
  const left = since + MAIL_TOTAL - Date.now();
  try {
    const summary = `Mail ${request.kind} to the ${request.to}`;
    if (left > 0) {
      await sendBillMail.executeWithOptions({ summary, scheduleToCloseTimeout: left }, [request]);
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? 'not within 24 hours';
    life.note({ note: `Mail ${request.kind} to the ${request.to} was not delivered: ${why}` });
  }
  life.measure();
  state.mails = state.mails.filter((other) => other !== mail);
}
