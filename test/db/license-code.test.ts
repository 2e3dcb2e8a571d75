import fc from 'fast-check';
import { newLicenseCode, readLicenseCode } from '../../db/license-code';

const codes = fc.constant(null).map(newLicenseCode);

test('a code is of 160 bits, readable, and fits where sellers keep it', () => {
  const many = Array.from({ length: 2_000 }, newLicenseCode);
  for (const code of many) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(many).size).toBe(many.length);
  expect(many[0]!.length).toBeLessThanOrEqual(64);
  // Each of the 32 signs is as likely as another: 2,000 of each are expected.
  const counts = new Map<string, number>();
  for (const sign of many.join('').replaceAll('-', '')) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect(counts.size).toBe(32);
  expect(Math.min(...counts.values())).toBeGreaterThan(1_600);
  expect(Math.max(...counts.values())).toBeLessThan(2_400);
});

describe('a code is read however it was typed', () => {
  test.each<[string, (code: string) => string]>([
    ['as it is', (code) => code],
    ['in small letters', (code) => code.toLowerCase()],
    ['without hyphens', (code) => code.replaceAll('-', '')],
    ['with spaces', (code) => `  ${code.replaceAll('-', ' ')}\n`],
    ['with dashes of a word processor', (code) => code.replaceAll('-', ' – ')],
    ['in full width', (code) => code.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['with O for 0 and I for 1', (code) => code.replaceAll('0', 'O').replaceAll('1', 'I')],
    ['with o for 0 and l for 1', (code) => code.replaceAll('0', 'o').replaceAll('1', 'l')],
    ['with invisible characters', (code) => code.replaceAll('-', '\u200b-\u00a0')],
  ])('%s', (_how, typed) => {
    fc.assert(fc.property(codes, (code) => expect(readLicenseCode(typed(code))).toBe(code)));
  });

  test.each([
    ['nothing', ''],
    ['too little', '0000-0000-0000-0000-0000-0000-0000-000'],
    ['too much', '0000-0000-0000-0000-0000-0000-0000-0000-0'],
    ['a sign that is none', '0000-0000-0000-0000-0000-0000-0000-000U'],
    ['another character', '0000-0000-0000-0000-0000-0000-0000-000é'],
  ])('%s is no code', (_what, typed) => {
    expect(readLicenseCode(typed)).toBeNull();
  });
});
