import { LiveRig } from '../support/live-rig';
import { rigGround } from '../support/play/ground';
import { playSeeds, seedsOf } from '../support/play/live-play';
import { Stage } from '../support/play/stage';

const SEEDS = seedsOf(40);
let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(() => rig.end());

test(`${SEEDS.length} random lives, with the worker killed in between, keep the rules and come to their ends`, async () => {
  const stage = new Stage(rigGround(rig));
  await stage.registerSellers();
  const { wrong, seeds, ends } = await playSeeds(stage, SEEDS, 'test/live/random-play');
  expect(wrong.join('\n')).toBe('');
  expect(seeds).toBe(SEEDS.length);
  expect(Object.keys(ends).length).toBeGreaterThan(0);
}, 600_000);
