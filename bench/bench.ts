import type { Closers } from '../cli/up/closers';
import { historyCost, type HistoryCost } from './history-cost';
import { machineNow, versions, type Machine } from './machine';
import { measureMemory, warmUpOf, type Memory } from './memory';
import type { BenchOptions } from './options';
import { LIVES, type Life } from './order';
import { measureRecovery, type Recovery } from './recovery';
import { SideUnderTest } from './side';
import { startStage, type Stage } from './stage';
import { runRound, throughputOf, type Round, type Throughput } from './throughput';
import { WAYS, type WayName } from './ways/way';
import { SIDES, type Side } from './workflow-bundles';

/** A figure of either side. */
export type BySide<T> = Record<Side, T>;

export interface BenchResult {
  machine: Machine;
  versions: Record<string, string>;
  options: BenchOptions;
  throughput: Record<Life, Record<WayName, BySide<Throughput> & { ratio: number }>>;
  history: Record<Life, BySide<HistoryCost>>;
  memory: BySide<Memory>;
  recovery: BySide<Recovery>;
  /** What it took in all. */
  seconds: number;
}

/** Runs it all. `tell` is told how far it is. What has been started is stopped by `closers`. */
export async function bench(
  options: BenchOptions,
  tell: (what: string) => void,
  closers: Closers,
): Promise<BenchResult> {
  const start = performance.now();
  const machine = machineNow();
  tell(`Starting the ${options.server} server, the parties and both sides`);
  const stage = await startStage(options.server, SIDES, closers);
  const { throughput, history } = await measureThroughput(stage, options, tell, closers);
  const { memory, recovery } = await measureEach(stage, options, tell, closers);
  return {
    machine,
    versions: await versions(stage.connection),
    ...{ options, throughput, history, memory, recovery },
    seconds: (performance.now() - start) / 1_000,
  };
}

/** Both sides stand at the same time, and take turns. */
async function measureThroughput(
  stage: Stage,
  options: BenchOptions,
  tell: (what: string) => void,
  closers: Closers,
): Promise<Pick<BenchResult, 'throughput' | 'history'>> {
  const sides: SideUnderTest[] = [];
  for (const name of SIDES) {
    const side = await SideUnderTest.start(name, stage);
    closers.add(name, () => side.stop());
    sides.push(side);
  }
  const { orders: count, concurrency } = options;
  const result = { throughput: {}, history: {} } as Pick<BenchResult, 'throughput' | 'history'>;
  for (const life of LIVES) {
    tell(`${life}: warming up`);
    for (const way of WAYS) {
      for (const side of sides) await runRound(stage, side, { life, way, count: concurrency, concurrency });
    }
    const ways = {} as BenchResult['throughput'][Life];
    for (const way of WAYS) {
      const rounds: BySide<Round[]> = { steward: [], bare: [] };
      for (let n = 0; n < options.rounds; n += 1) {
        // Who goes first changes: what one leaves behind is the other's as often.
        for (const side of n % 2 === 0 ? sides : sides.toReversed()) {
          const round = await runRound(stage, side, { life, way, count, concurrency });
          rounds[side.name].push(round);
          const speed = (count / round.seconds).toFixed(1);
          tell(`${life}, ${way}, round ${n + 1} of ${options.rounds}: ${side.name} ${speed} orders/s`);
        }
      }
      const [steward, bare] = [throughputOf(rounds.steward), throughputOf(rounds.bare)];
      ways[way] = { steward, bare, ratio: steward.ordersPerSecond / bare.ordersPerSecond };
      if (way === 'api') result.history[life] = await costs(sides, rounds);
    }
    result.throughput[life] = ways;
  }
  for (const side of sides) await side.stop();
  return result;
}

/** How many orders' histories are looked at. */
const LOOKED_AT = 20;

async function costs(sides: SideUnderTest[], rounds: BySide<Round[]>): Promise<BySide<HistoryCost>> {
  const all = sides.map(async ({ name, client }) => {
    const orders = rounds[name].flatMap((round) => round.orders).slice(0, LOOKED_AT);
    return [name, await historyCost(client, orders)] as const;
  });
  return Object.fromEntries(await Promise.all(all)) as BySide<HistoryCost>;
}

/** In fresh processes of one side after the other. */
async function measureEach(
  stage: Stage,
  { waiting, inFlight }: BenchOptions,
  tell: (what: string) => void,
  closers: Closers,
): Promise<Pick<BenchResult, 'memory' | 'recovery'>> {
  const result = { memory: {}, recovery: {} } as Pick<BenchResult, 'memory' | 'recovery'>;
  for (const name of SIDES) {
    const side = await SideUnderTest.start(name, stage, { maxCachedWorkflows: waiting + warmUpOf(waiting) });
    closers.add(name, () => side.stop());
    tell(`${name}: memory of ${waiting} waiting orders`);
    result.memory[name] = await measureMemory(stage, side, waiting);
    tell(`${name}: kill −9 of a worker with ${inFlight} orders in flight`);
    result.recovery[name] = await measureRecovery(stage, side, inFlight);
    await side.stop();
  }
  return result;
}
