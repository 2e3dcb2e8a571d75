import type { Command } from 'commander';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { plain } from '../plain';
import type { Replayed } from '../replay/replay';
import { print } from '../session';

/** `steward replay`: proves that the workflow code of this checkout still fits recorded histories. */
export function replayCommand(program: Command, io: Io): void {
  program
    .command('replay')
    .description(
      'Replay recorded histories against the workflow code of this checkout; exit code 1 if one fails',
    )
    .argument('<fileOrFolder...>', 'JSON histories, or folders of them')
    .option('--workflow-id <id>', 'of a file that does not name it')
    .addHelpText(
      'after',
      '\nA file holds {"workflowId": …, "history": …}, or what "temporal workflow show -o json" prints.' +
        '\nPayloads are read with STEWARD_CODEC_KEYS, or with the keys that "steward up" keeps in its state folder.' +
        '\n\nExample:\n  steward replay test/histories',
    )
    .action(async (paths: string[], options: { workflowId?: string }, command: Command) => {
      const histories = await lazy.replay().replay(paths, options.workflowId, io.env);
      const ok = histories.every(({ error }) => error === null);
      if (!ok) io.exitCode = 1;
      print(command, io, { ok, histories }, () => histories.map(line).join('\n'));
    });
}

function line({ file, error }: Replayed): string {
  return error === null ? `ok      ${plain(file)}` : `FAILED  ${plain(file)}: ${plain(error)}`;
}
