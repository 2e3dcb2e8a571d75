import type { Payload } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { testCodecKeys } from './keys';

/** A payload of a history, and the way of property names that leads to it. */
interface Found {
  path: string;
  payload: Payload;
}

/**
 * Every payload of a history or description, wherever it stands: arguments, results, failures, summaries,
 * markers, attributes.
 */
export function payloadsOf(message: object): Found[] {
  const found: Found[] = [];
  walk(message, '', found);
  return found;
}

function walk(value: unknown, path: string, found: Found[]): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (isPayload(value)) found.push({ path, payload: value });
  else for (const [name, inner] of Object.entries(value)) walk(inner, `${path}.${name}`, found);
}

function isPayload(value: object): value is Payload {
  return 'metadata' in value && 'data' in value && value.data instanceof Uint8Array;
}

export function encodingOf({ metadata }: Payload): string {
  return Buffer.from(metadata?.['encoding'] ?? []).toString();
}

/**
 * What is in clear by design: search attributes, which the server must read, places in a trace, and what the SDK writes of
 * its own into a marker (a local activity's sequence number and times, a patch's id; never an argument or a
 * result).
 */
const CLEAR = [
  /\.searchAttributes\.indexedFields\./,
  /\.header\.fields\._tracer-data$/,
  /\.markerRecordedEventAttributes\.details\.(data|patch-data)\./,
];

/** The server's own word in the history for an activity that was cancelled between two attempts. */
const NOT_STARTED = '"ACTIVITY_ID_NOT_STARTED"';

/** The payloads that somebody without the key can read, apart from those that are in clear by design. */
export function readablePayloads(history: History): string[] {
  return payloadsOf(history)
    .filter(({ path }) => !CLEAR.some((clear) => clear.test(path)))
    .filter(({ payload }) => encodingOf(payload) !== 'binary/encrypted' && (payload.data?.length ?? 0) > 0)
    .filter(({ payload }) => Buffer.from(payload.data ?? []).toString() !== NOT_STARTED)
    .map(({ path, payload }) => `${path}: ${encodingOf(payload)}`);
}

/** The server's own failures have no words of ours: time-outs, tasks that it could not take. */
const isOfTheServer = (failure: object): boolean =>
  Object.entries(failure).some(
    ([name, info]) => (name === 'timeoutFailureInfo' || name === 'serverFailureInfo') && Boolean(info),
  );

/** What the SDK itself says, past every converter, of an activity that a worker without grace leaves behind. */
const SHUTTING_DOWN = 'Worker is shutting down and this activity did not complete in time';

/** The failures whose message or stack trace somebody without the key can read. */
export function readableFailures(history: History): string[] {
  const found: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if ('message' in value && 'encodedAttributes' in value && typeof value.message === 'string') {
      const ours = value.message !== '' && value.message !== SHUTTING_DOWN && !isOfTheServer(value);
      if (ours && !value.encodedAttributes) found.push(`${path}: ${value.message}`);
    }
    for (const [name, inner] of Object.entries(value)) look(inner, `${path}.${name}`);
  };
  look(history, '');
  return found;
}

/** Everything that a history or description says, as its owner reads it: decrypted and decoded. */
export async function textOf(message: object): Promise<string> {
  const codec = new EncryptionCodec(testCodecKeys);
  const payloads = payloadsOf(message).map(({ payload }) => payload);
  const clear = await codec.decode(payloads);
  const texts = clear.map(({ data }) => Buffer.from(data ?? []).toString('utf8'));
  return [JSON.stringify(message), ...texts].join('\n');
}
