import { addWorkingDays, CHINA } from '../../../activities/calendar';
import { iso } from '../../../domain/time';
import { BillClock, type TestBill } from '../../support/bill-clock';
import { eventually } from '../../support/eventually';

/** The time limits of bills at their real length (design §4): they remind, and nothing else follows from them. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

let clock: BillClock;
beforeEach(async () => {
  clock = await BillClock.start();
});
afterEach(async () => {
  await clock.expectAllSound();
  await clock.end();
});

const count = (mails: string[], mail: string) => mails.filter((one) => one === mail).length;
const overdueMails = async (bill: TestBill) => count(await bill.mails(), 'bill-overdue operator');

/** What operators read of a bill that is overdue, as it came. */
async function overdueMail({ id }: TestBill): Promise<string | undefined> {
  const { mailbox } = clock;
  const find = () => Promise.resolve(mailbox.mails.find(({ subject }) => subject === `Bill ${id}: overdue`));
  const mail = await eventually(find, (found) => found !== undefined);
  return (await mailbox.read(mail?.id ?? ''))?.text;
}

/** A joint bill whose invoice is on its way. */
async function sent(number: string): Promise<TestBill> {
  const bill = await clock.bill();
  await bill.through('review-pass', 'confirm-bill');
  await bill.invoice(number);
  return bill;
}

it('the window of validation ends at 24:00 of the second working day, by the calendar of 2026', () => {
  const end = (from: string) => iso(addWorkingDays(CHINA, at(from), 2).until);
  expect(end('2026-09-30T17:00')).toBe('2026-10-10T00:00:00.000+08:00');
  expect(end('2026-09-30T19:00')).toBe('2026-10-11T00:00:00.000+08:00');
});

it('validation: two working days from the sign-off, over the National Day and to a make-up workday', async () => {
  const moment = await clock.moveCalendar('2026-09-30');
  const [early, late] = [await sent('EARLY'), await sent('LATE')];
  await clock.skipTo(moment('2026-09-30T17:00'));
  await early.through('sign-for-invoice');
  await clock.skipTo(moment('2026-09-30T19:00'));
  await late.through('sign-for-invoice');
  expect(await early.view()).toMatchObject({ dueAt: moment('2026-10-10T00:00'), overdue: false });
  expect(await late.view()).toMatchObject({ dueAt: moment('2026-10-11T00:00'), overdue: false });

  await clock.skipTo(moment('2026-10-09T23:59'));
  expect(await early.view()).toMatchObject({ overdue: false, waitingFor: 'operator' });
  await clock.skipTo(moment('2026-10-10T00:01'));
  expect(await early.view()).toMatchObject({ overdue: true, node: 'INVOICE_VALIDATING' });
  expect(await overdueMails(early)).toBe(1);
  const told = await overdueMail(early);
  for (const number of ['EARLY', 'SF-EARLY', 'PR-EARLY']) expect(told).toContain(number);
  expect(await late.view()).toMatchObject({ overdue: false });

  // In time to the minute, and late: both count.
  await clock.skipTo(moment('2026-10-10T23:58'));
  expect(await late.do('validate-invoice', {})).toBe('PAYING');
  expect(await late.view()).toMatchObject({ invoice: { verdict: 'VALID', late: false } });
  // Again at the end of each working day: Saturday the 10th is one, Sunday is none.
  await clock.skipTo(moment('2026-10-11T00:01'));
  expect(await overdueMails(early)).toBe(2);
  await clock.skipTo(moment('2026-10-12T23:59'));
  expect(await overdueMails(early)).toBe(2);
  await clock.skipTo(moment('2026-10-13T00:01'));
  expect(await overdueMails(early)).toBe(3);
  expect(await early.do('validate-invoice', {})).toBe('PAYING');
  expect(await early.view()).toMatchObject({
    ...{ node: 'PAYING', overdue: false },
    invoice: { verdict: 'VALID', late: true },
    // Six working days from the 13th on, which is the first hour of it: 14, 15, 16, 19, 20, 21.
    dueAt: moment('2026-10-22T00:00'),
  });
});

it('a sign-off that is recorded later counts from when it was', async () => {
  const moment = await clock.moveCalendar('2026-09-30');
  const bill = await sent('RECORDED');
  await clock.skipTo(moment('2026-09-30T19:00'));
  const signed = iso(moment('2026-09-30T17:00'));
  expect(await bill.do('sign-for-invoice', { at: signed })).toBe('INVOICE_VALIDATING');
  expect(await bill.view()).toMatchObject({ dueAt: moment('2026-10-10T00:00') });
});

it('the invoice: due a month after the notice, with reminders 15, 7, 3 and 1 days before, told once when over', async () => {
  const bill = await clock.bill();
  await bill.through('review-pass', 'confirm-bill');
  const { dueAt } = await bill.view();
  const due = dueAt ?? 0;
  const month = (due - (await clock.now())) / DAY;
  expect(month).toBeGreaterThan(28);
  expect(month).toBeLessThan(32);
  expect(iso(due)).toMatch(/T00:00:00\.000/);
  const reminders = async () => count(await bill.mails(), 'bill-reminder seller');
  for (const [n, days] of [15, 7, 3, 1].entries()) {
    await clock.skipTo(due - days * DAY - HOUR);
    expect(await reminders()).toBe(n);
    await clock.skipTo(due - days * DAY + HOUR);
    expect(await reminders()).toBe(n + 1);
  }
  await clock.skipTo(due + HOUR);
  await clock.skipTo(due + 5 * DAY);
  expect(await reminders()).toBe(4);
  expect(count(await bill.mails(), 'bill-overdue seller')).toBe(1);
  expect(await bill.view()).toMatchObject({ overdue: true, allowed: [{ command: 'submit-invoice' }, {}] });
  expect(await bill.invoice('AFTER')).toBe('INVOICE_SENT');
});

it('a general bill: four, eight and six working days', async () => {
  const moment = await clock.moveCalendar('2026-09-30');
  await clock.skipTo(moment('2026-10-12T10:00'));
  const bill = await clock.bill({ trade: 'general' });
  expect(await bill.view()).toMatchObject({ node: 'UNDER_REVIEW', dueAt: moment('2026-10-17T00:00') });
  await bill.through('review-pass');
  expect(await bill.view()).toMatchObject({ node: 'COUNTERSIGNING', dueAt: moment('2026-10-23T00:00') });
  await bill.through('countersign');
  expect(await bill.view()).toMatchObject({ node: 'PAYING', dueAt: moment('2026-10-21T00:00') });
});

it('in a year that the calendar does not know yet it is provisional, and believes the calendar once it does', async () => {
  const moment = await clock.moveCalendar('2026-09-30');
  const known = clock.calendar;
  clock.calendar = { ...known, knows: () => false, arranged: () => undefined };
  const bill = await sent('UNKNOWN');
  await clock.skipTo(moment('2026-10-08T17:00'));
  await bill.through('sign-for-invoice');
  expect(await bill.view()).toMatchObject({ provisional: true, dueAt: moment('2026-10-13T00:00') });
  clock.calendar = known;
  await clock.skipTo(moment('2026-10-09T17:30'));
  expect(await bill.view()).toMatchObject({ provisional: false, dueAt: moment('2026-10-11T00:00') });
});
