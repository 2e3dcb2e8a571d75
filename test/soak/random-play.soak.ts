import { writeSync } from 'node:fs';
import { World } from '../faults/world';
import { playSeeds, seedsOf, type Played } from '../support/play/live-play';
import { quietRuntime } from '../support/quiet';
import { Stage } from '../support/play/stage';
import { worldGround } from './world-ground';

const SEEDS = seedsOf(Number(process.env['STEWARD_SOAK_SEEDS'] ?? 200));
/** Between two lines of progress, in lives. */
const STEP = 20;
/** For each life; a busy machine needs some seconds for one. */
const PATIENCE = 30_000;

let ground: Awaited<ReturnType<typeof worldGround>>;

beforeAll(async () => {
  quietRuntime();
  ground = await worldGround(await World.start('fast'));
}, 300_000);
afterAll(() => ground.end());

test(
  `${SEEDS.length} random lives, with Steward killed by −9 in between, keep the rules and come to their ends`,
  async () => {
    const stage = new Stage(ground);
    await stage.registerSellers();
    const { wrong, seeds } = await playSeeds(stage, SEEDS, 'test/live/random-play', (played) => {
      if (played.seeds % STEP === 0 || played.seeds === SEEDS.length) writeSync(1, `${figures(played)}\n`);
    });
    expect(wrong.join('\n')).toBe('');
    expect(seeds).toBe(SEEDS.length);
  },
  60_000 + SEEDS.length * PATIENCE,
);

function figures({ seeds, commands, kills, refusals, ends, wrong }: Played): string {
  const sum = Object.values(refusals).reduce((all, n) => all + n, 0);
  return (
    `${seeds} of ${SEEDS.length} seeds: ${commands} commands, ${sum} refused, ${kills} kills, ` +
    `${wrong.length} violations; ends ${JSON.stringify(ends)}; refusals ${JSON.stringify(refusals)}`
  );
}
