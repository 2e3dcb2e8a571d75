import { latencyOf, type Latency } from './latency';
import { runLoad } from './load';
import { newOrder, type BenchOrder, type Life } from './order';
import type { SideUnderTest } from './side';
import type { Stage } from './stage';
import type { WayName } from './ways/way';

/** What one round of orders took. */
export interface Round {
  orders: BenchOrder[];
  seconds: number;
  answered: number[];
  done: number[];
  /** CPU seconds of Steward's processes, and of the server; until all was quiet. */
  cpu: number;
  serverCpu: number | null;
  statements: number;
  commits: number;
}

/** What all rounds of a side together took. */
export interface Throughput {
  orders: number;
  ordersPerSecond: number;
  triggerToAnswer: Latency;
  paidToDone: Latency;
  /** For each order: CPU in ms, SQL statements and transactions that wrote. */
  cpuMs: number;
  serverCpuMs: number | null;
  statements: number;
  commits: number;
}

/** Lives `count` new orders of one kind on a side. */
export async function runRound(
  stage: Stage,
  side: SideUnderTest,
  { life, way, count, concurrency }: { life: Life; way: WayName; count: number; concurrency: number },
): Promise<Round> {
  const run = `B${(runs += 1)}`;
  const orders = Array.from({ length: count }, (_, n) => newOrder(life, run, n));
  const { cpuSeconds } = stage.server;
  const [before, serverBefore] = [await side.usage(), await cpuSeconds()];
  const { lived, seconds } = await runLoad(orders, concurrency, side.ways[way], stage.signs);
  const [after, serverAfter] = [await side.usage(), await cpuSeconds()];
  return {
    ...{ orders, seconds },
    answered: lived.map(({ answered }) => answered),
    done: lived.map(({ done }) => done),
    cpu: (after.cpu - before.cpu) / 1e6,
    serverCpu: serverBefore === null || serverAfter === null ? null : serverAfter - serverBefore,
    statements: after.sql.statements - before.sql.statements,
    commits: after.sql.commits - before.sql.commits,
  };
}
let runs = 0;

/** Sums up rounds of the same kind. */
export function throughputOf(rounds: readonly Round[]): Throughput {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const orders = sum((round) => round.orders.length);
  const server = rounds.every(({ serverCpu }) => serverCpu !== null)
    ? sum((round) => round.serverCpu ?? 0)
    : null;
  return {
    orders,
    ordersPerSecond: orders / sum(({ seconds }) => seconds),
    triggerToAnswer: latencyOf(rounds.flatMap(({ answered }) => answered)),
    paidToDone: latencyOf(rounds.flatMap(({ done }) => done)),
    cpuMs: (sum(({ cpu }) => cpu) * 1_000) / orders,
    serverCpuMs: server === null ? null : (server * 1_000) / orders,
    statements: sum(({ statements }) => statements) / orders,
    commits: sum(({ commits }) => commits) / orders,
  };
}
