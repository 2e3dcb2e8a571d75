import { UnknownLicenses } from '../../api/unknown-licenses';

const limited = expect.objectContaining({
  code: 'TOO_MANY_UNKNOWN_LICENSES',
  status: 429,
  message: expect.stringContaining('2026-11-23 12:01:00 (UTC+8)') as string,
}) as Error;

test('whoever tried ten unknown codes within a minute waits until the first of them is a minute old', () => {
  const start = Date.parse('2026-11-23T12:00:00+08:00');
  let now = start;
  const unknown = new UnknownLicenses(() => now);
  for (let n = 0; n < 10; n += 1) {
    now = start + n * 5_000;
    expect(() => unknown.refuseLimited('S1')).not.toThrow();
    unknown.count('S1');
  }
  expect(() => unknown.refuseLimited('S1')).toThrow(limited);
  expect(() => unknown.refuseLimited('S2')).not.toThrow();
  now = start + 59_999;
  expect(() => unknown.refuseLimited('S1')).toThrow(limited);
  now = start + 60_000;
  expect(() => unknown.refuseLimited('S1')).not.toThrow();
  unknown.count('S1');
  // The second of the ten is the oldest of those that count now.
  expect(() => unknown.refuseLimited('S1')).toThrow('2026-11-23 12:01:05 (UTC+8)');
  now = start + 65_000;
  expect(() => unknown.refuseLimited('S1')).not.toThrow();
});
