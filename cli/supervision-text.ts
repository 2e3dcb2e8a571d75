import type { OrderLineAnswer } from '../client';
import { formatMoney } from '../domain/money';
import type { Attachment } from '../domain/order-line';
import { time, type Fact } from './table';

/** What the parties negotiate, the licence, and from when until when the line is good. */
export function supervisionFacts(line: OrderLineAnswer): Fact[] {
  const { appeal, completedAt, fiveDaysUntil } = line;
  return [
    ['Unsubscription', unsubscriptionWords(line)],
    [
      'Appeal',
      appeal && `${appeal.status}, opened by the ${appeal.by} ${time(appeal.openedAt)}: ${appeal.reason}`,
    ],
    ['Appeal proof', appeal && attachmentNames(appeal.proof)],
    ['Verdict', appeal?.resolution ? `${appeal.resolution.verdict}: ${appeal.resolution.reason}` : null],
    ['Licence', licenseWords(line)],
    ['Licence code', line.licenseCode ?? null],
    ['Completed', completedAt && time(completedAt)],
    ['Valid', validityWords(line)],
    ['Can be given back', fiveDaysUntil && `without reason until ${time(fiveDaysUntil)}`],
  ];
}

function unsubscriptionWords({ unsubscription }: OrderLineAnswer): string | null {
  if (unsubscription === null) return null;
  const { id, status, amount, reason } = unsubscription;
  return `${id} ${status}, ${formatMoney(amount)}: ${reason}`;
}

function licenseWords({ license }: OrderLineAnswer): string | null {
  if (license === null) return null;
  const { claimedAt, activatedAt } = license;
  if (claimedAt === null) return 'not claimed yet';
  const claimed = `claimed ${time(claimedAt)}`;
  return `${claimed}, ${activatedAt === null ? 'not activated yet' : `activated ${time(activatedAt)}`}`;
}

function validityWords({ validFrom, validUntil }: OrderLineAnswer): string | null {
  if (validFrom === null) return null;
  return `from ${time(validFrom)} ${validUntil === null ? 'on, without an end' : `until ${time(validUntil)}`}`;
}

/** What a party handed in, by name: where it is, `--json` tells. */
export function attachmentNames(attachments: readonly Attachment[]): string {
  return attachments.map(({ name }) => name).join(', ');
}
