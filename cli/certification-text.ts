import type { CertificationAnswer } from '../client';
import { facts, NOTHING, table, time } from './table';

/** A certification: where it stands, whose move it is and until when, what was submitted, and what happened so far. */
export function certificationText(answer: CertificationAnswer): string {
  const { business, financeContact, nodeName, allowed, log } = answer;
  const possible = allowed.map(({ command, roles }) => `${command} (${roles.join(', ')})`).join('; ');
  const head = facts([
    ['Seller', answer.sellerId],
    ['Site', answer.site],
    ['Node', `${answer.node}: ${nodeName.en} ${nodeName.zh}`],
    ['Waits for', waits(answer)],
    ['Possible now', possible || NOTHING],
    ['Rejected in a row', answer.rejections > 0 ? String(answer.rejections) : null],
    ['Reason', answer.reason],
    ['Company', business?.companyName ?? null],
    ['Tax number', business?.taxNumber ?? null],
    ['Bank', business ? `${business.bank.bank}, ${business.bank.accountNumber}` : null],
    ['Account of', business?.bank.accountName ?? null],
    [
      'Finance contact',
      financeContact && `${financeContact.name}, ${financeContact.email}, ${financeContact.phone}`,
    ],
    ['Workflow', answer.workflowId],
  ]);
  if (log.length === 0) return head;
  const rows = log.map(({ at, by, command, to, note }) => [time(at), by, command ?? NOTHING, to, note]);
  return `${head}\n\n${table(['At', 'By', 'Command', 'Node', 'Note'], rows)}`;
}

function waits({ waitingFor, dueAt, provisional }: CertificationAnswer): string {
  if (dueAt === null) return waitingFor;
  return `${waitingFor}, until ${time(dueAt)}${provisional ? ' (provisional)' : ''}`;
}
