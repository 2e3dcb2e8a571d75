import { defaultPayloadConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils';
import type { Node } from '../../domain/nodes';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { testCodecKeys } from './keys';

export type HistoryEvent = NonNullable<History['events']>[number];

const codec = new EncryptionCodec(testCodecKeys);

/** What the Temporal UI shows beside an event, as its operator reads it through the codec endpoint. */
export async function summaryOf({ userMetadata }: HistoryEvent): Promise<string | undefined> {
  if (!userMetadata?.summary) return undefined;
  const [payload] = await codec.decode([userMetadata.summary]);
  return defaultPayloadConverter.fromPayload<string>(payload!);
}

/** Epoch milliseconds. */
export function timeOf({ eventTime }: HistoryEvent): number {
  return Number(eventTime?.seconds) * 1_000 + Math.round((eventTime?.nanos ?? 0) / 1e6);
}

/** How long each timer with this summary was set for, in ms. */
export async function timersNamed({ events }: History, summary: string): Promise<number[]> {
  const waits: number[] = [];
  for (const event of events ?? []) {
    const timeout = event.timerStartedEventAttributes?.startToFireTimeout;
    if (timeout && (await summaryOf(event)) === summary) {
      waits.push(Number(timeout.seconds) * 1_000 + Math.round((timeout.nanos ?? 0) / 1e6));
    }
  }
  return waits;
}

/** The mails that a history has put on their way, `<kind> <recipient>`, oldest first. */
export async function mailsIn({ events }: History): Promise<string[]> {
  const scheduled = (events ?? []).filter((event) =>
    ['sendMail', 'sendBillMail'].includes(
      event.activityTaskScheduledEventAttributes?.activityType?.name ?? '',
    ),
  );
  const summaries = await Promise.all(scheduled.map(summaryOf));
  return summaries.map((summary = '') => summary.replace(/^Mail (\S+) to the (\S+)$/, '$1 $2'));
}

/** The nodes that a history has entered into the Temporal UI's list, oldest first. */
export function listedNodesIn({ events }: History): Node[] {
  return (events ?? [])
    .map((event) => event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields)
    .flatMap((fields) => fields?.[SEARCH_ATTRIBUTES.node.name] ?? [])
    .map((payload) => defaultPayloadConverter.fromPayload<Node>(payload));
}
