import { CertificationClock, daysOff, unannounced } from '../../support/certification-clock';

/** The review is due in one working day (domain.md 6.1); then operators are reminded, each working day. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SUBMITTED = 'certification-submitted';
const OVERDUE = 'certification-overdue';

let clock: CertificationClock;
let midnight: number;

beforeAll(async () => {
  clock = await CertificationClock.start();
});
beforeEach(async () => {
  clock.newSeller();
  clock.calendar = daysOff();
  midnight = await clock.nextMidnight();
});
afterEach(() => clock.sound());
afterAll(() => clock.end());

const submit = () => clock.command('submit-certification', { submissionId: 'S-1' });

test('ends with the next working day: before that nobody is reminded, then operators are', async () => {
  await clock.skipTo(midnight + 10 * HOUR);
  await submit();
  const dueAt = midnight + 2 * DAY;
  expect(await clock.view()).toMatchObject({ node: 'UNDER_REVIEW', waitingFor: 'operator', dueAt });
  await clock.skipTo(dueAt - 1_000);
  expect(await clock.told(1)).toEqual([SUBMITTED]);
  await clock.skipTo(dueAt);
  expect(await clock.told(2)).toEqual([SUBMITTED, OVERDUE]);
  await clock.skipTo(dueAt + 1_000);
  expect(await clock.told(2)).toHaveLength(2);
  // No verdict follows by itself, and a late one counts.
  expect(await clock.view()).toMatchObject({ node: 'UNDER_REVIEW', dueAt });
  await clock.command('approve-certification');
  expect(await clock.view()).toMatchObject({ node: 'CERTIFIED', waitingFor: 'nobody', dueAt: null });
  await clock.skipTo(dueAt + 3 * DAY);
  expect(await clock.told(2)).toHaveLength(2);
});

test('counts from the next working day when it was submitted after hours', async () => {
  await clock.skipTo(midnight + 18 * HOUR);
  await submit();
  expect((await clock.view()).dueAt).toBe(midnight + 3 * DAY);
});

test('a verdict just before the end is in time', async () => {
  await clock.skipTo(midnight + 10 * HOUR);
  await submit();
  await clock.skipTo(midnight + 2 * DAY - 1_000);
  await clock.command('reject-certification', { reason: 'The account is not of the company' });
  await clock.skipTo(midnight + 4 * DAY);
  expect(await clock.told(1)).toEqual([SUBMITTED]);
  expect(clock.mails.map(({ kind, quote }) => [kind, quote])).toContainEqual([
    'certification-rejected',
    'The account is not of the company',
  ]);
});

test('reminds again each working day, not on days off, until there is a verdict', async () => {
  clock.calendar = daysOff(midnight + DAY, midnight + 4 * DAY, midnight + 5 * DAY);
  await clock.skipTo(midnight + 10 * HOUR);
  await submit();
  const dueAt = midnight + 3 * DAY;
  expect((await clock.view()).dueAt).toBe(dueAt);
  await clock.skipTo(dueAt + HOUR);
  expect(await clock.told(2)).toEqual([SUBMITTED, OVERDUE]);
  // The fourth day from then is a working day; the fifth and sixth are none.
  await clock.skipTo(midnight + 4 * DAY + HOUR);
  expect(await clock.told(3)).toHaveLength(3);
  await clock.skipTo(midnight + 7 * DAY - 1_000);
  expect(await clock.told(3)).toHaveLength(3);
  await clock.skipTo(midnight + 7 * DAY + HOUR);
  expect(await clock.told(4)).toHaveLength(4);
  // The term stays what it was.
  expect((await clock.view()).dueAt).toBe(dueAt);
  await clock.command('approve-certification');
});

test('rests on what is known of the year, and moves with what is announced', async () => {
  const holiday = midnight + DAY;
  clock.calendar = unannounced(daysOff());
  await clock.skipTo(midnight + 10 * HOUR);
  await submit();
  expect(await clock.view()).toMatchObject({ dueAt: midnight + 2 * DAY, provisional: true });
  clock.calendar = daysOff(holiday);
  await clock.skipTo(midnight + DAY + 11 * HOUR);
  expect(await clock.view()).toMatchObject({ dueAt: midnight + 3 * DAY, provisional: false });
  await clock.skipTo(midnight + 3 * DAY - 1_000);
  expect(await clock.told(1)).toEqual([SUBMITTED]);
  await clock.skipTo(midnight + 3 * DAY);
  expect(await clock.told(2)).toEqual([SUBMITTED, OVERDUE]);
});

test('starts anew with each submission', async () => {
  await clock.skipTo(midnight + 10 * HOUR);
  await submit();
  await clock.command('approve-certification');
  await clock.skipTo(midnight + 3 * DAY + 10 * HOUR);
  await clock.command('update-finance-contact', { contactId: 'C-2' });
  expect(await clock.view()).toMatchObject({
    ...{ node: 'UNDER_REVIEW', dueAt: midnight + 5 * DAY, submissionId: 'S-1', contactId: 'C-2' },
  });
  await clock.command('approve-certification');
});
