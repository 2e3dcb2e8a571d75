import type { Arrangements } from '../../../activities/calendar';
import { iso } from '../../../domain/time';
import { BillClock, type TestBill } from '../../support/bill-clock';

/** The windows of bills at their edges: the last minute, the Spring Festival, the turn of a year, a short month. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

let clock: BillClock;
beforeAll(async () => {
  clock = await BillClock.start();
});
afterEach(() => clock.expectAllSound());
afterAll(() => clock.end());

/** A bill without confirmation whose invoice is on its way. */
async function sent(number: string): Promise<TestBill> {
  const bill = await clock.bill({ site: 'intl' });
  expect(await bill.do('review-pass', {})).toBe('AWAITING_INVOICE');
  expect(await bill.invoice(number)).toBe('INVOICE_SENT');
  return bill;
}

async function pay(bill: TestBill): Promise<void> {
  expect(await bill.do('record-payment', { paymentId: `P-${bill.sellerId}` })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
}

async function overdueMails(bill: TestBill): Promise<number> {
  return (await bill.mails()).filter((mail) => mail === 'bill-overdue operator').length;
}

it('a validation in the last minute is in time; in the first second after it, it counts and is late', async () => {
  const moment = await clock.moveCalendar('2026-09-30');
  const [before, after] = [await sent('BEFORE'), await sent('AFTER')];
  const all = [before, after];
  await clock.skipTo(moment('2026-09-30T17:00'));
  for (const bill of all) await bill.through('sign-for-invoice');
  const end = moment('2026-10-10T00:00');
  for (const bill of all) expect(await bill.view()).toMatchObject({ dueAt: end, provisional: false });

  await clock.skipTo(moment('2026-10-09T23:59'));
  expect(await before.do('validate-invoice', {})).toBe('PAYING');
  // The time-skipping server loses a task that takes an update and a timer of the same moment.
  await clock.skipTo(end + 1_000);
  expect(await after.view()).toMatchObject({ overdue: true });
  expect(await after.do('validate-invoice', {})).toBe('PAYING');
  for (const [bill, late] of [
    [before, false],
    [after, true],
  ] as const) {
    expect(await bill.view()).toMatchObject({ invoice: { verdict: 'VALID', late } });
    await pay(bill);
  }
  expect(await overdueMails(before)).toBe(0);
  expect(await overdueMails(after)).toBe(1);
});

it('over the Spring Festival: two working days are eleven days, and nobody is told in between', async () => {
  const moment = await clock.moveCalendar('2026-02-11');
  const [told, over, evening] = [await sent('TOLD'), await sent('OVER'), await sent('EVENING')];
  await clock.skipTo(moment('2026-02-12T10:00'));
  await told.through('sign-for-invoice');
  await clock.skipTo(moment('2026-02-13T17:00'));
  await over.through('sign-for-invoice');
  // A Saturday that makes up for the festival; from 18:00 on it counts from the 24th.
  await clock.skipTo(moment('2026-02-14T18:00'));
  await evening.through('sign-for-invoice');
  expect(await told.view()).toMatchObject({ dueAt: moment('2026-02-15T00:00') });
  expect(await over.view()).toMatchObject({ dueAt: moment('2026-02-25T00:00') });
  expect(await evening.view()).toMatchObject({ dueAt: moment('2026-02-27T00:00') });

  await clock.skipTo(moment('2026-02-15T00:01'));
  expect(await overdueMails(told)).toBe(1);
  await clock.skipTo(moment('2026-02-24T23:59'));
  expect(await overdueMails(told)).toBe(1);
  expect(await over.do('validate-invoice', {})).toBe('PAYING');
  // After 18:00, and so from the 25th: 26, 27, 28 (a Saturday that makes up), 2, 3, 4.
  expect(await over.view()).toMatchObject({ invoice: { late: false }, dueAt: moment('2026-03-05T00:00') });
  await clock.skipTo(moment('2026-02-25T00:01'));
  expect(await overdueMails(told)).toBe(2);
  for (const bill of [told, evening]) expect(await bill.do('validate-invoice', {})).toBe('PAYING');
  for (const bill of [told, over, evening]) await pay(bill);
});

it("a year's end, the next year unknown: provisional, until the calendar is updated in the open window", async () => {
  const year = Number(iso(await clock.now()).slice(0, 4));
  const thisYear: Arrangements = {
    knows: (one) => one === year,
    arranged: (day) => (day.startsWith(`${year}-`) ? 'working' : undefined),
  };
  clock.calendar = thisYear;
  const bill = await sent('YEAR');
  await clock.skipTo(at(`${year}-12-30`) + 10 * HOUR);
  await bill.through('sign-for-invoice');
  // The 31st, and the first day after New Year that is of no weekend.
  const weekday = [2, 3, 4].find(
    (day) => ![0, 6].includes(new Date(`${year + 1}-01-0${day}T00:00:00Z`).getUTCDay()),
  );
  expect(await bill.view()).toMatchObject({
    ...{ provisional: true, dueAt: at(`${year + 1}-01-0${weekday}`) + DAY },
  });

  await clock.skipTo(at(`${year}-12-31`) + 9 * HOUR);
  const off = ['01', '02', '03'].map((day) => `${year + 1}-01-${day}`);
  clock.calendar = { knows: () => true, arranged: (day) => (off.includes(day) ? 'off' : 'working') };
  await clock.skipTo(at(`${year}-12-31`) + 11 * HOUR);
  const end = at(`${year + 1}-01-05`);
  expect(await bill.view()).toMatchObject({ provisional: false, dueAt: end });
  expect(await bill.registered()).toMatchObject({ provisional: false, dueAt: end });
  await clock.skipTo(end - 60_000);
  expect(await bill.view()).toMatchObject({ overdue: false });
  await clock.skipTo(end + 60_000);
  expect(await bill.view()).toMatchObject({ overdue: true });
  expect(await overdueMails(bill)).toBe(1);
  expect(await bill.do('validate-invoice', {})).toBe('PAYING');
  await pay(bill);
});

it('the invoice of a notice on the 31st is due at the end of the last day of a shorter month', async () => {
  const now = await clock.now();
  const thisYear = Number(iso(now).slice(0, 4));
  const year = at(`${thisYear}-01-31`) > now ? thisYear : thisYear + 1;
  await clock.skipTo(at(`${year}-01-31`) + 10 * HOUR);
  const bill = await clock.bill({ site: 'intl' });
  await bill.do('review-pass', {});
  const due = at(`${year}-03-01`);
  expect(await bill.view()).toMatchObject({ node: 'AWAITING_INVOICE', dueAt: due });

  const reminders = async () => (await bill.mails()).filter((mail) => mail === 'bill-reminder seller').length;
  for (const [n, days] of [15, 7, 3, 1].entries()) {
    await clock.skipTo(due - days * DAY - 60_000);
    expect(await reminders()).toBe(n);
    await clock.skipTo(due - days * DAY + 60_000);
    expect(await reminders()).toBe(n + 1);
  }
  await clock.skipTo(due - 60_000);
  expect(await bill.view()).toMatchObject({ overdue: false });
  await clock.skipTo(due + 60_000);
  expect(await bill.view()).toMatchObject({ overdue: true });
  expect(await bill.invoice('SHORT')).toBe('INVOICE_SENT');
});
