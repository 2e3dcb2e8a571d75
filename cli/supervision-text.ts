import type { OrderLineAnswer } from '../client';
import { autoAcceptanceWords, shipmentWords } from '../domain/auto-acceptance';
import { formatMoney } from '../domain/money';
import type { Attachment } from '../domain/order-line';
import { time, type Fact } from './table';

/** The parcel, what the parties negotiate, the licence, and from when until when the line is good. */
export function supervisionFacts(line: OrderLineAnswer): Fact[] {
  const { appeal, completedAt, fiveDaysUntil } = line;
  return [
    ['Parcel', parcelWords(line)],
    ['Automatic acceptance', acceptanceWords(line)],
    ['Address', line.addressChanges > 0 ? `changed, ${line.addressChanges} in all` : null],
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

function parcelWords({ shipment }: OrderLineAnswer): string | null {
  return shipment && shipmentWords({ ...shipment, stateAt: momentOf(shipment.stateAt) });
}

function acceptanceWords({ autoAcceptance }: OrderLineAnswer): string | null {
  return autoAcceptance && autoAcceptanceWords({ ...autoAcceptance, at: momentOf(autoAcceptance.at) });
}

function momentOf(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
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
