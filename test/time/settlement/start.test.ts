import { ApplicationFailure } from '@temporalio/common';
import { addWorkingDays, CHINA, type Arrangements } from '../../../activities/calendar';
import { settlementWorkflowId } from '../../../domain/ids';
import { iso } from '../../../domain/time';
import { SettlementClock } from '../../support/settlement-clock';
import { timeOf, timersNamed } from '../../support/summaries';
import { TameLedger } from '../../support/tame-ledger';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let clock: SettlementClock;

// A server for each: once it has started a child, it skips no time any more.
beforeEach(async () => {
  clock = await SettlementClock.start();
  clock.ledger = new TameLedger(2);
});
afterEach(() => clock.end());

const at = (text: string) => Date.parse(`${text}T00:00:00+08:00`);
const WAIT = 'Wait for the next working day';

/** The next midnight of the business zone: to skip months would take the server minutes. */
async function nextMidnight(): Promise<number> {
  const tomorrow = iso((await clock.now()) + DAY).slice(0, 10);
  return at(tomorrow);
}

/** A calendar in which so many days from a moment on are off, and all others are not. */
function daysOff(from: number, days: number, knows = true): Arrangements {
  const off = Array.from({ length: days }, (_, n) => iso(from + n * DAY).slice(0, 10));
  return { knows: () => knows, arranged: (day) => (off.includes(day) ? 'off' : 'working') };
}

describe('the month', () => {
  it.each([
    ['is the one before the scheduled time, however late the start', 'china', '2026-10-03', '202609'],
    ['of a start in January is December of the year before', 'intl', '2026-01-07', '202512'],
    ['of a start in March is February', 'china', '2026-03-03', '202602'],
  ] as const)('%s', async (_name, site, day, period) => {
    const start = await clock.scheduled(site, at(day));
    expect(await start.result()).toEqual({ site, period, workflowId: `settlement/${site}/${period}` });
    await clock.ended({ site, period });
    expect(clock.ledger.opened).toEqual([{ site, period }]);
    expect(clock.ledger.closed).toEqual([{ site, period }]);
    const history = await clock.sound(start.workflowId, 'start');
    // Days off that are over are not waited for.
    expect(await timersNamed(history, WAIT)).toEqual([]);
    await clock.sound(settlementWorkflowId({ site, period }), 'run');
  });

  it('that has its run already is left alone', async () => {
    const key = { site: 'china', period: '202508' } as const;
    await (await clock.settle(key)).result();
    const start = await clock.scheduled('china', at('2025-09-03'));
    expect(await start.result()).toMatchObject(key);
    expect(clock.ledger.opened).toHaveLength(1);
    await clock.sound(start.workflowId);
  });

  it('whose run failed gets it again', async () => {
    const key = { site: 'china', period: '202507' } as const;
    const { openRun } = clock.ledger;
    clock.ledger.openRun = () => Promise.reject(ApplicationFailure.nonRetryable('A bug'));
    const run = await clock.settle(key);
    await expect(run.result()).rejects.toThrow();
    clock.ledger.openRun = openRun;
    const start = await clock.scheduled('china', at('2025-08-03'));
    await start.result();
    await clock.ended(key);
    expect(clock.ledger.closed).toEqual([key]);
  });
});

describe('the international site', () => {
  it('has its run on the 8th of October 2026, after the National Day', () => {
    const { until } = addWorkingDays(CHINA, at('2026-10-07'), 0);
    expect(iso(until - DAY)).toBe('2026-10-08T00:00:00.000+08:00');
  });

  it('waits for the next working day', async () => {
    const scheduled = await nextMidnight();
    clock.calendar = daysOff(scheduled, 3);
    await clock.skipTo(scheduled);
    const start = await clock.scheduled('intl', scheduled);
    await clock.skipTo(scheduled + 3 * DAY);
    const { workflowId } = await start.result();
    expect(await startOf(workflowId)).toBe(iso(scheduled + 3 * DAY));
    await clock.sound(start.workflowId, 'start');
  });

  it('does not wait on a working day', async () => {
    const scheduled = await nextMidnight();
    clock.calendar = daysOff(scheduled, 0);
    await clock.skipTo(scheduled);
    const start = await clock.scheduled('intl', scheduled);
    await start.result();
    expect(await timersNamed(await clock.sound(start.workflowId), WAIT)).toEqual([]);
  });

  it('waits for what is left of the days off when it starts late', async () => {
    const scheduled = await nextMidnight();
    clock.calendar = daysOff(scheduled, 2);
    await clock.skipTo(scheduled + DAY + 12 * HOUR);
    const start = await clock.scheduled('intl', scheduled);
    await clock.skipTo(scheduled + 2 * DAY);
    await start.result();
    const waits = await timersNamed(await clock.sound(start.workflowId), WAIT);
    expect(waits.map((ms) => Math.round(ms / HOUR))).toEqual([12]);
  });

  it('asks each day as long as the calendar does not know the year, and believes it then', async () => {
    const scheduled = await nextMidnight();
    clock.calendar = daysOff(scheduled, 2, false);
    await clock.skipTo(scheduled);
    const start = await clock.scheduled('intl', scheduled);
    await clock.skipTo(scheduled + DAY / 2);
    clock.calendar = daysOff(scheduled, 4);
    await clock.skipTo(scheduled + 4 * DAY);
    const { workflowId } = await start.result();
    expect(await startOf(workflowId)).toBe(iso(scheduled + 4 * DAY));
    const waits = await timersNamed(await clock.sound(start.workflowId), WAIT);
    expect(waits.map((ms) => Math.round(ms / DAY))).toEqual([1, 3]);
  });

  it('alone waits: china is billed on its day', async () => {
    clock.calendar = { knows: () => true, arranged: () => 'off' };
    const start = await clock.scheduled('china', at('2024-10-03'));
    expect(await start.result()).toMatchObject({ period: '202409' });
  });
});

it('is refused to whoever starts it without the schedule', async () => {
  const start = await clock.unscheduled();
  await expect(start.result()).rejects.toMatchObject({ cause: { type: 'NOT_SCHEDULED' } });
});

/** When a run was started, to the minute, which is the first of its day. */
async function startOf(workflowId: string): Promise<string> {
  const [first] = (await clock.handle(workflowId).fetchHistory()).events ?? [];
  return iso(Math.floor(timeOf(first!) / 60_000) * 60_000);
}
