import { Option, type Command } from 'commander';
import type { Part } from '../doctor/check';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { duration } from '../option-values';
import { print } from '../session';

interface DoctorOptions {
  part: Part;
  timeout: number;
}

/** `steward doctor`: what is wrong with this installation, and how to mend it. */
export function doctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description(
      'Check settings, servers, database, certificates, mail, clock, calendar and keys; exit code 1 if one is wrong',
    )
    .addOption(
      new Option('--part <part>', 'whose settings these are')
        .choices(['all', 'worker', 'api'])
        .default('all'),
    )
    .addOption(
      new Option('--timeout <duration>', 'what each check may take').default(10, '10s').argParser(duration),
    )
    .addHelpText(
      'after',
      '\nEach line begins with ok, warning, wrong or "not checked". It changes nothing, sends no mail, prints no' +
        '\nsecret, and looks at the settings of its environment, or, without DATABASE_URL, at what "steward up" keeps' +
        '\nin its state folder (STEWARD_STATE).' +
        '\n\nExamples:\n  steward doctor\n  steward doctor --part worker --json',
    )
    .action(async ({ part, timeout }: DoctorOptions, command: Command) => {
      const { diagnose, diagnosisText } = lazy.doctor();
      const diagnosis = await diagnose(io.env, part, timeout * 1_000);
      if (!diagnosis.ok) io.exitCode = 1;
      print(command, io, diagnosis, diagnosisText);
    });
}
