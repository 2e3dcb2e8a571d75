import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import {
  decodeArrayFromPayloads,
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  encodeToPayloads,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow';
import { Keyring } from '../../db/keyring';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { createDataConverter } from '../../workers/data-converter';

const key = (id: string, byte = id.charCodeAt(0)) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const codecOf = (...keys: string[]) =>
  new EncryptionCodec(Keyring.parse('STEWARD_CODEC_KEYS', keys.join(',')));
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();
const wire = (payloads: unknown) => Buffer.from(JSON.stringify(payloads)).toString() + raw(payloads);
/** Everything that is in a payload or failure, base64-decoded. */
const raw = (value: unknown): string =>
  value instanceof Uint8Array
    ? text(value)
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(raw).join(' ')
      : String(value);

test('values come back, and nothing of them is readable on the way', async () => {
  const converter = loadDataConverter(createDataConverter(codecOf(key('a'))));
  const values = [{ orderId: 'O-1', note: '退款原因' }, undefined, null, 0, Buffer.from('bytes')];
  const payloads = await encodeToPayloads(converter, ...values);
  expect(payloads).toHaveLength(5);
  for (const { metadata } of payloads!) {
    expect(text(metadata?.['encoding'])).toBe('binary/encrypted');
    expect(text(metadata?.['encryption-key-id'])).toBe('a');
  }
  expect(wire(payloads)).not.toMatch(/O-1|退款原因|bytes|json\/plain/);
  const back = await decodeArrayFromPayloads(converter, payloads);
  expect(back.slice(0, 4)).toEqual(values.slice(0, 4));
  expect(text(back[4] as Uint8Array)).toBe('bytes');
});

test('the same value never looks the same twice', async () => {
  const codec = codecOf(key('a'));
  const [one, other] = await codec.encode([payload('same'), payload('same')]);
  expect(text(one!.data)).not.toBe(text(other!.data));
});

test('messages, details and stacks of failures are encrypted, their types stay readable for retry policies', async () => {
  const converter = loadDataConverter(createDataConverter(codecOf(key('a'))));
  const cause = new Error('inner secret');
  const failure = ApplicationFailure.create({
    type: 'REFUND_REFUSED',
    message: 'a secret',
    details: ['a secret detail'],
    cause,
  });
  const encoded = await encodeErrorToFailure(converter, failure);
  expect(encoded.applicationFailureInfo?.type).toBe('REFUND_REFUSED');
  expect(wire(encoded)).not.toMatch(/secret|codec\.test/);
  expect(await decodeOptionalFailureToOptionalError(converter, encoded)).toMatchObject({
    message: 'a secret',
    details: ['a secret detail'],
    cause: { message: 'inner secret' },
  });
});

test('what is encrypted is not encrypted again', async () => {
  const codec = codecOf(key('a'));
  const once = await codec.encode([payload('value')]);
  expect(await codec.encode(once)).toEqual(once);
});

test('payloads that the server or SDK made in clear are passed through', async () => {
  const made = [payload('in clear'), { metadata: {}, data: Buffer.from('x') }, {}];
  expect(await codecOf(key('a')).decode(made)).toEqual(made);
});

test('after a change of keys the newest encrypts and running orders still decrypt', async () => {
  const before = await codecOf(key('a')).encode([payload('old')]);
  const both = codecOf(key('b'), key('a'));
  expect((await both.decode(before)).map((p) => defaultPayloadConverter.fromPayload(p))).toEqual(['old']);
  const [after] = await both.encode([payload('new')]);
  expect(text(after!.metadata?.['encryption-key-id'])).toBe('b');
});

test('a key that is gone is named', async () => {
  const payloads = await codecOf(key('a')).encode([payload('value')]);
  await expect(codecOf(key('b')).decode(payloads)).rejects.toThrow('Setting STEWARD_CODEC_KEYS has no key a');
});

test('a changed payload, and one of another key with the same id, are refused', async () => {
  const [encrypted] = await codecOf(key('a')).encode([payload('value')]);
  const failed = { code: 'DECRYPTION_FAILED' };
  await expect(codecOf(key('a', 99)).decode([encrypted!])).rejects.toMatchObject(failed);
  const data = Buffer.from(encrypted!.data!);
  data[20]! ^= 1;
  await expect(codecOf(key('a')).decode([{ ...encrypted, data }])).rejects.toMatchObject(failed);
  await expect(codecOf(key('a')).decode([{ ...encrypted, data: null }])).rejects.toMatchObject(failed);
});
