import { ActivityFailure, condition, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/contracts';
import type { Line } from './line';
import { MAIL, MAIL_TOTAL } from './policies';
import type { LineState } from './state';

const { sendMail } = proxyActivities<MailActivities>(MAIL);

type Waiting = LineState['mails'][number];

/**
 * Beside the life of the line: sends its mails, each by itself so that none waits for another. No mail trouble
 * moves the line (design §8). Never returns.
 */
export async function sendMails(line: Line): Promise<never> {
  const { state } = line;
  for (let begun = 0; ;) {
    await condition(() => state.mailed > begun);
    const waiting = state.mails.slice(-(state.mailed - begun));
    begun = state.mailed;
    for (const mail of waiting) void send(line, mail);
  }
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
