import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/contracts';
import type { Line } from './line';
import { MAIL, MAIL_TOTAL } from './policies';
import type { LineState } from './state';

const { sendMail } = proxyActivities<MailActivities>(MAIL);

type Waiting = LineState['mails'][number];

/** Whether there are mails that are not on their way. */
export function mailsWait({ state, mailsBegun }: Line): boolean {
  return state.mailed > mailsBegun;
}

/**
 * Sends the line's mails, each by itself so that none waits for another. No mail trouble moves the line
 * (design §8).
 */
export function sendMails(line: Line): void {
  const { state } = line;
  if (!mailsWait(line)) return;
  const waiting = state.mails.slice(line.mailsBegun - state.mailed);
  line.mailsBegun = state.mailed;
  for (const mail of waiting) void send(line, mail);
}

async function send(line: Line, mail: Waiting): Promise<void> {
  const { state } = line;
  const { request, since } = mail;
  const left = since + MAIL_TOTAL - Date.now();
  try {
    const summary = `Mail ${request.kind} to the ${request.to}`;
    if (left > 0) await sendMail.executeWithOptions({ summary, scheduleToCloseTimeout: left }, [request]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? 'not within 24 hours';
    line.change({}, { note: `Mail ${request.kind} to the ${request.to} was not delivered: ${why}` });
  }
  line.measure();
  state.mails = state.mails.filter((other) => other !== mail);
}
