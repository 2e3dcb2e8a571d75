import type { Command } from 'commander';
import { iso } from '../../domain/time';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { moment, workingDays } from '../option-values';
import { print } from '../session';

/** `steward calendar`: China's working days, by which supervision and settlement count (design §4). */
export function calendarCommand(program: Command, io: Io): void {
  const calendar = program.command('calendar').description("Count in China's working days");
  calendar
    .command('add')
    .description('Tell when so many working days after a moment are over')
    .argument('<time>', 'ISO 8601 with offset', moment)
    .argument('<days>', 'working days, from 1 to 400', workingDays)
    .addHelpText(
      'after',
      '\nWhat happens on a day off, or from 18:00 (UTC+8) on, counts from the next working day. An answer is' +
        '\nprovisional when it rests on a year whose holidays this version of Steward does not know.' +
        '\n\nExample:\n  steward calendar add 2026-09-30T17:00:00+08:00 2',
    )
    .action((from: number, days: number, _options: unknown, command: Command) => {
      const { addWorkingDays, CHINA } = lazy.calendar();
      const { until, provisional } = addWorkingDays(CHINA, from, days);
      const result = { day: iso(until - 1).slice(0, 10), until: iso(until).replace('.000', ''), provisional };
      print(command, io, result, answerText);
    });
}

function answerText({ day, until, provisional }: { day: string; until: string; provisional: boolean }) {
  return `${day} until ${until}${provisional ? ' provisional' : ''}`;
}
