import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { StewardError } from '../domain/errors';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Entry = readonly [id: string, key: Buffer];

/** 256-bit keys of one purpose under their ids: the newest encrypts, each of them decrypts (design §6). */
export class Keyring {
  private constructor(
    private readonly setting: string,
    private readonly newest: Entry,
    private readonly keys: ReadonlyMap<string, Buffer>,
  ) {}

  /**
   * Reads `id:base64[,id:base64…]`, each key 32 bytes: the first encrypts, so a new one is added at the end first,
   * until every process can read it. An old key stays in the list until nothing encrypted with it is needed any more.
   *
   * @param setting where the text comes from; errors name it and never its value
   */
  static parse(setting: string, text: string): Keyring {
    const [first = '', ...others] = text.split(',');
    const newest = parseKey(setting, first);
    const keys = [newest, ...others.map((entry) => parseKey(setting, entry))];
    const byId = new Map(keys);
    if (byId.size < keys.length) {
      throw new StewardError('CONFIG_INVALID', { setting, reason: 'two keys have the same id' });
    }
    return new Keyring(setting, newest, byId);
  }

  /**
   * AES-256-GCM with the newest key and a fresh random nonce (one key is good for 2³² encryptions).
   *
   * @param context what the data belongs to; it decrypts under the same context only
   * @returns the key's id, and nonce, ciphertext and tag in one
   */
  encrypt(plain: Uint8Array, context: string): { keyId: string; sealed: Buffer } {
    const [keyId, key] = this.newest;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { keyId, sealed };
  }

  /** Undoes `encrypt`. Throws `KEY_UNKNOWN`, or `DECRYPTION_FAILED` when one bit or the context differs. */
  decrypt(keyId: string, sealed: Uint8Array, context: string): Buffer {
    const key = this.key(keyId);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new StewardError('DECRYPTION_FAILED', { what: context }, { cause });
    }
  }

  /**
   * HMAC-SHA-256 of a text under each key, the newest first: by one of them an equal text is found without
   * decrypting any (a blind index), also while keys change. The HMAC keys are derived (HKDF), so they tell
   * nothing of the keys that encrypt, nor of those for another purpose.
   */
  blindIndexes(text: string, purpose: string): [newest: string, ...older: string[]] {
    const under = (key: Buffer): string => {
      const derived = Buffer.from(hkdfSync('sha256', key, '', `blind index ${purpose}`, 32));
      return createHmac('sha256', derived).update(text).digest('base64url');
    };
    const [newestId, newestKey] = this.newest;
    const older = [...this.keys].filter(([id]) => id !== newestId);
    return [under(newestKey), ...older.map(([, key]) => under(key))];
  }

  /** The id of the key that encrypts. */
  get newestId(): string {
    return this.newest[0];
  }

  /** All ids, as the setting names them. */
  get ids(): string[] {
    return [...this.keys.keys()];
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new StewardError('KEY_UNKNOWN', { setting: this.setting, keyId: id });
    return key;
  }
}

function parseKey(setting: string, entry: string): Entry {
  const [, id, base64 = ''] = /^([\w-]{1,32}):([\w+/-]+=*)$/.exec(entry.trim()) ?? [];
  const key = Buffer.from(base64, 'base64');
  if (!id || key.length !== 32) {
    throw new StewardError('CONFIG_INVALID', {
      setting,
      reason: 'is not id:base64 of 32 bytes[,id:base64…]',
    });
  }
  return [id, key];
}
