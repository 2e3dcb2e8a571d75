import type { Command } from 'commander';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { percent } from '../option-values';
import type { Releases } from '../release/deployment';
import { print } from '../session';
import { table, time } from '../table';

const SETTINGS =
  '\nIt talks to the Temporal server that TEMPORAL_* names; STEWARD_DEPLOYMENT_NAME (default steward) is the deployment.';

/** `steward release …`: which build takes the orders (docs/releases.md). */
export function releaseCommand(program: Command, io: Io): void {
  const release = program.command('release').description('Tell which build of the workers takes the orders');
  release
    .command('list')
    .description('List the builds that workers have run, and what they take')
    .addHelpText('after', `${SETTINGS}\n\nExample:\n  steward release list`)
    .action(async (_options: unknown, command: Command) => {
      print(command, io, await lazy.release().releases(io.env), releasesText);
    });
  release
    .command('current')
    .description('Have a build take all orders, new and open ones; its workers have to run already')
    .argument('<buildId>', 'the STEWARD_BUILD_ID of its workers')
    .addHelpText(
      'after',
      `\nBefore: steward replay --open, with that build. The way back is the same command with the build before.${SETTINGS}` +
        '\n\nExample:\n  steward release current 0.4.0',
    )
    .action(async (buildId: string, _options: unknown, command: Command) => {
      print(command, io, await lazy.release().setCurrent(io.env, buildId), releasesText);
    });
  release
    .command('ramp')
    .description('Have a build take some of the orders; the current one keeps the others')
    .argument('<buildId>', 'the STEWARD_BUILD_ID of its workers')
    .argument('<percent>', 'from 0 to 100; 0 takes it back: no build is tried any more', percent)
    .addHelpText('after', `${SETTINGS}\n\nExample:\n  steward release ramp 0.4.0 5`)
    .action(async (buildId: string, share: number, _options: unknown, command: Command) => {
      print(command, io, await lazy.release().ramp(io.env, buildId, share), releasesText);
    });
}

function releasesText({ deployment, current, ramping, builds }: Releases): string {
  const rows = builds.map(({ buildId, status, since }) => [buildId, status, time(since)]);
  const tried = ramping ? `, and ${ramping.buildId} ${ramping.percent} % of them` : '';
  const takes = current ? `${current} takes` : 'workers without a build take';
  const list =
    builds.length > 0 ? table(['build', 'status', 'first seen'], rows) : 'No worker of a build was seen yet.';
  return `In deployment ${deployment}, ${takes} the orders${tried}.\n${list}`;
}
