import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Keyring } from '../../db/keyring';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const PayloadMessage = temporal.api.common.v1.Payload;

/**
 * Encrypts everything that workflows, activities and failures carry (design §7): AES-256-GCM over the whole
 * payload, its metadata too. The key's id goes in clear in `encryption-key-id`, so keys can be changed while
 * orders run. Payloads of another encoding, as servers and SDKs make some, are passed through when decoding.
 */
export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly keys: Keyring) {}

  /** A payload that is encrypted already stays as it is. */
  // eslint-disable-next-line @typescript-eslint/require-await -- an error has to reject, not to throw
  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? payload : this.encrypt(payload)));
  }

  /** Rejects with `KEY_UNKNOWN` or `DECRYPTION_FAILED`. */
  // eslint-disable-next-line @typescript-eslint/require-await -- an error has to reject, not to throw
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? this.decrypt(payload) : payload));
  }

  private encrypt(payload: Payload): Payload {
    const { keyId, sealed } = this.keys.encrypt(PayloadMessage.encode(payload).finish(), 'payload');
    return {
      metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(keyId) },
      data: sealed,
    };
  }

  private decrypt({ metadata, data }: Payload): Payload {
    const keyId = text(metadata?.[KEY_ID]);
    return PayloadMessage.decode(this.keys.decrypt(keyId, data ?? new Uint8Array(), 'payload'));
  }
}

function isEncrypted({ metadata }: Payload): boolean {
  return text(metadata?.[METADATA_ENCODING_KEY]) === ENCODING;
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
