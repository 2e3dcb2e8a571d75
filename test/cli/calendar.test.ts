import { steward } from './steward';

const add = (...args: string[]) => steward(['calendar', 'add', ...args]);

test('tells the last day and when it is over', async () => {
  expect(await add('2026-09-30T17:00:00+08:00', '2')).toEqual({
    stdout: '2026-10-09 until 2026-10-10T00:00:00+08:00\n',
    stderr: '',
    exitCode: 0,
  });
});

test('takes any offset', async () => {
  expect((await add('2026-09-30T09:00Z', '2')).stdout).toMatch(/^2026-10-09 /);
  expect((await add('2026-09-30T05:59:59.999-04:00', '2')).stdout).toMatch(/^2026-10-09 /);
  expect((await add('2026-09-30T06:00:00-04:00', '2')).stdout).toMatch(/^2026-10-10 /);
});

test('says what rests on a year that is not known', async () => {
  const { stdout } = await add('2198-12-31T12:00:00+08:00', '400');
  expect(stdout).toMatch(/^2200-\d\d-\d\d until 2200-\d\d-\d\dT00:00:00\+08:00 provisional\n$/);
});

test('with --json', async () => {
  expect(JSON.parse((await add('2026-09-30T17:00:00+08:00', '2', '--json')).stdout)).toEqual({
    day: '2026-10-09',
    until: '2026-10-10T00:00:00+08:00',
    provisional: false,
  });
});

test.each([
  ['without an offset', '2026-09-30T17:00:00', '2', /with its offset, for example/],
  ['without a time', '2026-09-30', '2', /with its offset/],
  ['a day that does not exist', '2026-02-30T12:00:00+08:00', '2', /with its offset/],
  ['a month that does not exist', '2026-13-01T12:00:00+08:00', '2', /with its offset/],
  ['an hour that does not exist', '2026-01-01T25:00:00+08:00', '2', /with its offset/],
  ['an offset that does not exist', '2026-01-01T12:00:00+20:00', '2', /with its offset/],
  ['a far year', '9999-01-01T12:00:00+08:00', '2', /1900 to 2199/],
  ['in words', 'tomorrow', '2', /with its offset/],
  ['no day', '2026-09-30T17:00:00+08:00', '0', /from 1 to 400/],
  ['too many days', '2026-09-30T17:00:00+08:00', '401', /from 1 to 400/],
  ['half a day', '2026-09-30T17:00:00+08:00', '1.5', /from 1 to 400/],
  ['days before', '2026-09-30T17:00:00+08:00', '-1', /unknown option|from 1 to 400/],
])('refuses %s', async (_name, time, days, told) => {
  const { stdout, stderr, exitCode } = await add(time, days);
  expect(stderr).toMatch(told);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});
