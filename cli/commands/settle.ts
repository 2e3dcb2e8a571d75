import { Option, type Command } from 'commander';
import { SITES } from '../../domain/ledger/billing-day';
import type { Site } from '../../domain/schemas/order';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { print } from '../session';

interface SettleOptions {
  period: string;
  site?: Site;
  dryRun?: boolean;
}

/** The exit code of whoever goes away before the end, as shells have it for Ctrl-C. */
const WENT_AWAY = 130;

/** `steward settle`: bills a month, as the schedules do (docs/operating.md). */
export function settleCommand(program: Command, io: Io): void {
  program
    .command('settle')
    .description('Bill a month: every seller gets its bills, once however often it is asked')
    .requiredOption('--period <yyyymm>', 'the month, which has to be over')
    .addOption(new Option('--site <site>', 'only this one; default: both').choices(SITES))
    .option('--dry-run', 'tell what would be billed and what would be kept back, and bill nothing')
    .addHelpText(
      'after',
      '\nIt starts the billing run, or joins the one that runs, and waits for its end. Ctrl-C leaves the run going;' +
        '\nthe same command shows it again. A month that is billed stays so: what comes late is billed with a later' +
        '\nmonth. A run that failed, or was cancelled or terminated, is taken up where it was.' +
        '\nIt talks to the Temporal server that TEMPORAL_* names, and needs a worker there. Payloads are encrypted with' +
        '\nSTEWARD_CODEC_KEYS, or with the keys that "steward up" keeps in its state folder.' +
        '\n\nExamples:\n  steward settle --period 202610 --dry-run\n  steward settle --period 202610 --site china',
    )
    .action(async ({ period, site, dryRun }: SettleOptions, command: Command) => {
      const { settle, settledText, previewText, createTicker, stopAsked } = lazy.settle();
      const keys = (site ? [site] : SITES).map((one) => ({ site: one, period }));
      const stop = new AbortController();
      const over = new AbortController();
      void stopAsked(over.signal).then(() => stop.abort());
      const options = { keys, tell: createTicker(io.stderr), stop: stop.signal };
      try {
        if (dryRun) {
          const previews = await settle.preview(io.env, options);
          if (previews) return print(command, io, { previews }, (all) => previewText(all.previews));
        } else {
          const runs = await settle.run(io.env, options);
          if (runs) return print(command, io, { runs }, (all) => settledText(all.runs));
          io.stderr.write(goesOn(period, site));
        }
        io.exitCode = WENT_AWAY;
      } finally {
        over.abort();
      }
    });
}

function goesOn(period: string, site: Site | undefined): string {
  const again = `steward settle --period ${period}${site ? ` --site ${site}` : ''}`;
  const where = `settlement/${site ?? 'SITE'}/${period}`;
  return `\nThe run goes on. See it with "${again}", or in the Temporal UI as workflow ${where}.\n`;
}
