import { decryptText, encryptText, type Place } from '../../db/encryption';
import { Keyring } from '../../db/keyring';

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const ring = (text: string) => Keyring.parse('STEWARD_MASTER_KEYS', text);
const place: Place = ['sellers', 'S1', 'access_key'];
const failed = expect.objectContaining({ code: 'DECRYPTION_FAILED' }) as Error;

test('a text comes back, and never looks the same twice', () => {
  const keys = ring(`k1:${base64(1)}`);
  const stored = encryptText(keys, place, '密钥 secret');
  expect(stored).toMatch(/^k1:[\w-]+$/);
  expect(stored).not.toContain('secret');
  expect(decryptText(keys, place, stored)).toBe('密钥 secret');
  expect(encryptText(keys, place, '密钥 secret')).not.toBe(stored);
  expect(decryptText(keys, place, encryptText(keys, place, ''))).toBe('');
});

test('one changed bit anywhere is noticed', () => {
  const keys = ring(`k1:${base64(1)}`);
  const sealed = Buffer.from(encryptText(keys, place, 'a secret').slice(3), 'base64url');
  for (let i = 0; i < sealed.length; i++) {
    const tampered = Buffer.from(sealed);
    tampered[i]! ^= 1;
    expect(() => decryptText(keys, place, `k1:${tampered.toString('base64url')}`)).toThrow(failed);
  }
  const cut = sealed.subarray(0, 20).toString('base64url');
  expect(() => decryptText(keys, place, `k1:${cut}`)).toThrow(failed);
  expect(() => decryptText(keys, place, 'k1:')).toThrow(failed);
});

test('a text decrypts in its own table, row and column only', () => {
  const keys = ring(`k1:${base64(1)}`);
  const stored = encryptText(keys, place, 'a secret');
  const others: Place[] = [
    ['sellers', 'S2', 'access_key'],
    ['sellers', 'S1', 'previous_access_key'],
    ['order_lines', 'S1', 'access_key'],
    ['sellers', 'S1/access_key'],
  ];
  for (const other of others) expect(() => decryptText(keys, other, stored)).toThrow(failed);
});

test('the newest key encrypts, the one before still decrypts', () => {
  const before = ring(`k1:${base64(1)}`);
  const both = ring(`k2:${base64(2)}, k1:${base64(1)}`);
  expect(decryptText(both, place, encryptText(before, place, 'old'))).toBe('old');
  expect(encryptText(both, place, 'new')).toMatch(/^k2:/);
});

test('a key that is gone is named, a key of the same id that differs is noticed', () => {
  const stored = encryptText(ring(`k1:${base64(1)}`), place, 'a secret');
  expect(() => decryptText(ring(`k2:${base64(2)}`), place, stored)).toThrow(
    'Setting STEWARD_MASTER_KEYS has no key k1',
  );
  expect(() => decryptText(ring(`k1:${base64(9)}`), place, stored)).toThrow(failed);
});

test.each([
  ['empty', ''],
  ['no id', base64(1)],
  ['a short key', `k1:${Buffer.alloc(31).toString('base64')}`],
  ['no base64', 'k1:!!!!'],
  ['an empty entry', `k1:${base64(1)},`],
])('a key list with %s is refused by the setting’s name, without its value', (_what, text) => {
  const message = 'Setting STEWARD_MASTER_KEYS: is not id:base64 of 32 bytes[,id:base64…]';
  expect(() => ring(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message }) as Error);
});

test('two keys of the same id are refused', () => {
  expect(() => ring(`k1:${base64(1)},k1:${base64(2)}`)).toThrow('two keys have the same id');
});
