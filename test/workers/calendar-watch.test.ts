import { CHINA, type Arrangements } from '../../activities/calendar';
import { watchCalendar, type CalendarWatch } from '../../workers/calendar-watch';
import { createLogger } from '../../workers/logger';

const upTo2026: Arrangements = { ...CHINA, knows: (year) => year <= 2026 };
const HOUR = 3_600_000;

let watch: CalendarWatch;
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  watch.stop();
  jest.useRealTimers();
});

/** Watches from a moment on; all that it warned of. */
function watched(from: string): string[] {
  const warnings: string[] = [];
  jest.setSystemTime(Date.parse(from));
  const logger = createLogger({ destination: { write: (line) => void warnings.push(line) } });
  watch = watchCalendar({ calendar: upTo2026, logger });
  return warnings;
}

test('a missing year is told at the start, then once each day of December', () => {
  const warnings = watched('2026-12-01T15:00:00+08:00');
  expect(warnings).toEqual([
    expect.stringMatching(/"level":"warn".*"year":2027,.*2027 are provisional.*chinese-days/),
  ]);
  jest.advanceTimersByTime(8 * HOUR);
  expect(warnings).toHaveLength(1);
  jest.advanceTimersByTime(2 * HOUR);
  expect(warnings).toHaveLength(2);
  jest.advanceTimersByTime(29 * 24 * HOUR);
  expect(warnings).toHaveLength(31);
});

test('it begins by itself in December', () => {
  const warnings = watched('2026-11-30T23:30:00+08:00');
  expect(warnings).toEqual([]);
  jest.advanceTimersByTime(HOUR);
  expect(warnings).toHaveLength(1);
});

test('once stopped it says nothing more', () => {
  const warnings = watched('2026-12-01T15:00:00+08:00');
  watch.stop();
  jest.advanceTimersByTime(48 * HOUR);
  expect(warnings).toHaveLength(1);
  expect(jest.getTimerCount()).toBe(0);
});
