import { LiveLine } from './live-line';
import { planned } from './live-orders';
import { scriptOf } from './script';
import { LANES, type Stage } from './stage';

/** What a run of seeds came to. */
export interface Played {
  seeds: number;
  commands: number;
  kills: number;
  refusals: Record<string, number>;
  ends: Record<string, number>;
  /** A script for each life that went wrong. */
  wrong: string[];
}

/** The seeds of a run: those of `STEWARD_PLAY_SEED` (one, or several after commas), or so many from 1. */
export function seedsOf(count: number): number[] {
  const asked = process.env['STEWARD_PLAY_SEED'];
  if (asked !== undefined) return asked.split(',').map(Number);
  return Array.from({ length: count }, (_one, n) => n + 1);
}

/** Plays seeds, several at the same time. */
export async function playSeeds(
  stage: Stage,
  seeds: readonly number[],
  file: string,
  told: (played: Played) => void = () => undefined,
): Promise<Played> {
  const played: Played = { seeds: 0, commands: 0, kills: 0, refusals: {}, ends: {}, wrong: [] };
  const left = [...seeds];
  const playSome = async (_: unknown, lane: number): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const line = await LiveLine.play(stage, planned(seed), lane);
      await note(played, line, seed, file);
      played.kills = stage.kills;
      told(played);
    }
  };
  await Promise.all(Array.from({ length: LANES }, playSome));
  await stage.quiet();
  return played;
}

async function note(played: Played, line: LiveLine, seed: number, file: string): Promise<void> {
  const count = (of: Record<string, number>, name: string) => (of[name] = (of[name] ?? 0) + 1);
  played.seeds += 1;
  played.commands += line.commands;
  for (const { came } of line.given) if (came !== 'taken') count(played.refusals, came);
  const { delivery, status } = await line.view();
  count(played.ends, `${delivery} ${status}`);
  if (line.violations.length === 0) return;
  const again = `STEWARD_PLAY_SEED=${seed} npx jest ${file}`;
  played.wrong.push(
    `\n${scriptOf(line.order, line.done, again)}\n# Wrong: ${line.violations.join('\n# Wrong: ')}\n`,
  );
}
