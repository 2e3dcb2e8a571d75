import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../../activities/contracts';
import { MAIL, MAIL_TOTAL } from '../policies';
import type { Case } from './case';
import type { CertificationState } from './state';

const { sendCertificationMail } = proxyActivities<MailActivities>(MAIL);

/** Sends what is not on its way, each by itself. No mail trouble moves the certification (design §8). */
export function sendMails(one: Case): void {
  for (const mail of one.state.mails) {
    if (one.sending.includes(mail.request.id)) continue;
    one.sending.push(mail.request.id);
    void send(one, mail);
  }
}

async function send(one: Case, mail: CertificationState['mails'][number]): Promise<void> {
  const { request, since } = mail;
  const left = since + MAIL_TOTAL - Date.now();
  try {
    const summary = `Mail ${request.kind} to the ${request.to}`;
    const options = { summary, scheduleToCloseTimeout: left };
    if (left > 0) await sendCertificationMail.executeWithOptions(options, [request]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? 'not within 24 hours';
    one.change({}, { note: `Mail ${request.kind} to the ${request.to} was not delivered: ${why}` });
  }
  one.measure();
  const { state } = one;
  state.mails = state.mails.filter((other) => other !== mail);
  one.sending.splice(one.sending.indexOf(request.id), 1);
}
