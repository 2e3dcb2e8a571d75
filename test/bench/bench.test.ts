import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchResult } from '../../bench/bench';
import { LIVES } from '../../bench/order';
import { WAYS } from '../../bench/ways/way';
import { SIDES } from '../../bench/workflow-bundles';

/** The smallest benchmark there is: that it runs, and that what it counts is what a line does. Nothing about time. */

let result: BenchResult;

const MINUTES = 600_000;

beforeAll(async () => {
  const few = ['--orders', '2', '--concurrency', '2', '--rounds', '1', '--waiting', '2', '--in-flight', '2'];
  const args = ['--import', 'tsx', 'bench/main.ts', '--json', ...few];
  const options = { maxBuffer: 1024 ** 2, timeout: MINUTES - 20_000 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  result = JSON.parse(stdout) as BenchResult;
}, MINUTES);

test('each life is measured both ways on both sides', () => {
  const found = LIVES.flatMap((life) =>
    WAYS.flatMap((way) => SIDES.map((side) => result.throughput[life][way][side].orders)),
  );
  expect(found).toEqual(Array(8).fill(2));
});

test('the bare workflow makes the same calls, within the budget of docs/histories.md', () => {
  for (const life of LIVES) {
    const { steward, bare } = result.history[life];
    const calls = ({ activities, updates }: typeof steward) => ({ life, activities, updates });
    expect(calls(steward)).toEqual(calls(bare));
    expect(bare.upserts).toBe(0);
  }
  // Beside what the budget counts its seller is told of it: an activity and, at most, a task of its own.
  expect(result.history.saas.steward.events).toBeLessThanOrEqual(45 + 3 + 3);
});

test('orders that were in flight at the kill went on on both sides', () => {
  for (const side of SIDES) expect(result.recovery[side].inFlight).toBeGreaterThan(0);
});
