import { Option, type Command } from 'commander';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { count, duration } from '../option-values';
import { plain } from '../plain';
import type { Replayed } from '../replay/replay';
import type { ReplayedRun } from '../replay/replay-namespace';
import { print } from '../session';

const RECENT_SECONDS = 7 * 86_400;
/** Progress is told after each so many runs. */
const TELL_EACH = 100;

interface ReplayOptions {
  workflowId?: string;
  query?: string;
  open?: boolean;
  since: number;
  limit?: number;
  concurrency: number;
}

/** `steward replay`: proves that the workflow code of this build or checkout still fits histories. */
export function replayCommand(program: Command, io: Io): void {
  program
    .command('replay')
    .description(
      'Replay histories against the workflow code of this build or checkout; exit code 1 if one fails',
    )
    .argument('[fileOrFolder...]', 'JSON histories, or folders of them')
    .option('--workflow-id <id>', 'of a file that does not name it')
    .option('--query <query>', 'instead of files: the runs of the namespace that a visibility query finds')
    .option('--open', 'instead of files: all runs of Steward that are open, or were closed lately')
    .addOption(
      new Option('--since <duration>', 'what is lately').default(RECENT_SECONDS, '7d').argParser(duration),
    )
    .option('--limit <n>', 'at most so many runs (default: all)', count)
    .option('--concurrency <n>', 'how many histories to fetch at a time', count, 5)
    .addHelpText(
      'after',
      '\nA file holds {"workflowId": …, "history": …}, or what "temporal workflow show -o json" prints.' +
        '\nThe namespace is that of TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE; nothing is changed there.' +
        '\nPayloads are read with STEWARD_CODEC_KEYS, or with the keys that "steward up" keeps in its state folder.' +
        '\n\nExamples:\n  steward replay test/histories\n  steward replay --open --since 30d' +
        `\n  steward replay --query 'WorkflowType="orderLine" AND Node="ACCEPTING"' --limit 500`,
    )
    .action(async (paths: string[], options: ReplayOptions, command: Command) => {
      const ways = [paths.length > 0, options.query !== undefined, options.open === true];
      if (ways.filter(Boolean).length !== 1) {
        command.error('error: name either files and folders, or --query, or --open');
      }
      if (paths.length > 0) await replayFiles(paths, options, io, command);
      else await replayRuns(options, io, command);
    });
}

async function replayFiles(paths: string[], { workflowId }: ReplayOptions, io: Io, command: Command) {
  const histories = await lazy.replay().replay(paths, workflowId, io.env);
  const ok = histories.every(({ error }) => error === null);
  if (!ok) io.exitCode = 1;
  print(command, io, { ok, histories }, () => histories.map(line).join('\n'));
}

/** How far it is goes to stderr, for whoever waits; the failures are the result. */
async function replayRuns(options: ReplayOptions, io: Io, command: Command): Promise<void> {
  const { replayNamespace, openAndRecent } = lazy.replayNamespace();
  const query = options.query ?? openAndRecent(options.since);
  const failures: ReplayedRun[] = [];
  let n = 0;
  const replayed = await replayNamespace({ ...options, query }, io.env, (run) => {
    n += 1;
    if (run.error !== null) failures.push(run);
    if (n % TELL_EACH === 0) io.stderr.write(`${n} replayed, ${failures.length} failed …\n`);
  });
  const ok = failures.length === 0;
  if (!ok) io.exitCode = 1;
  print(command, io, { ok, query, replayed, failures }, () =>
    [...failures.map(runLine), `${replayed} replayed, ${failures.length} failed: ${plain(query)}`].join('\n'),
  );
}

function line({ file, error }: Replayed): string {
  return error === null ? `ok      ${plain(file)}` : `FAILED  ${plain(file)}: ${plain(error)}`;
}

function runLine({ workflowId, runId, error }: ReplayedRun): string {
  return `FAILED  ${plain(workflowId)} ${runId}: ${plain(error ?? '')}`;
}
