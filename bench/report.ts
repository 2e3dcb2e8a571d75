import Table, { type Cell } from 'cli-table3';
import type { BenchResult, BySide } from './bench';
import type { HistoryCost } from './history-cost';
import { LIVES } from './order';
import type { Throughput } from './throughput';
import { WAYS } from './ways/way';

/** The result for people. */
export function report(result: BenchResult): string {
  const { options, throughput, history, memory, recovery } = result;
  const parts = [
    ...aboutRun(result),
    `${options.server} server; ${options.rounds} rounds of ${options.orders} orders, ${options.concurrency} at a time`,
  ];
  for (const life of LIVES) {
    for (const way of WAYS) {
      const { steward, bare } = throughput[life][way];
      const done = life === 'saas' ? 'paid→opened' : 'paid→accepted';
      parts.push('', `${life}, ${way === 'api' ? 'over the HTTP API' : 'by Temporal calls alone'}`);
      parts.push(table({ steward, bare }, throughputRows(done)));
    }
    parts.push('', `${life}: history of an order`, table(history[life], HISTORY_ROWS));
  }
  parts.push(
    '',
    'Memory',
    table(memory, [
      ['RSS for 1,000 waiting orders, MB', ({ rssPerThousand }) => rssPerThousand],
      ['main heap for 1,000 waiting orders, MB', ({ heapPerThousand }) => heapPerThousand],
      ['RSS without them, MB', ({ rss }) => rss],
    ]),
  );
  parts.push(
    '',
    `Kill −9 of a worker`,
    table(recovery, [
      ['orders in flight', ({ inFlight }) => inFlight],
      ['no worker for, s', ({ down }) => down / 1_000],
      ['then next step of an order, p50, s', ({ nextStep }) => nextStep.p50 / 1_000],
      ['… of the last order, s', ({ nextStep }) => nextStep.max / 1_000],
      ['all opened, s', ({ allOpened }) => allOpened / 1_000],
    ]),
  );
  return parts.join('\n');
}

/** On what it ran. */
export function aboutRun({ machine, versions }: Pick<BenchResult, 'machine' | 'versions'>): string[] {
  const { cpus, model, memoryGb, system, load } = machine;
  const about = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${cpus} × ${model}, ${memoryGb} GB, ${system}, load ${load.toFixed(1)} before it began`,
    about.join(', '),
  ];
}

/** A figure of what was measured, and its name. */
export type Row<T> = [what: string, of: (side: T) => number | null];

function throughputRows(done: string): Row<Throughput>[] {
  return [
    ['orders/s', ({ ordersPerSecond }) => ordersPerSecond],
    ['trigger→answer p50, ms', ({ triggerToAnswer }) => triggerToAnswer.p50],
    ['trigger→answer p99, ms', ({ triggerToAnswer }) => triggerToAnswer.p99],
    [`${done} p50, ms`, ({ paidToDone }) => paidToDone.p50],
    [`${done} p99, ms`, ({ paidToDone }) => paidToDone.p99],
    ['CPU of worker and API, ms/order', ({ cpuMs }) => cpuMs],
    ['CPU of the server, ms/order', ({ serverCpuMs }) => serverCpuMs],
    ['SQL statements/order', ({ statements }) => statements],
    ['SQL commits/order', ({ commits }) => commits],
  ];
}

const HISTORY_ROWS: Row<HistoryCost>[] = [
  ['events', ({ events }) => events],
  ['workflow tasks', ({ workflowTasks }) => workflowTasks],
  ['activities', ({ activities }) => activities],
  ['local activities', ({ localActivities }) => localActivities],
  ['updates', ({ updates }) => updates],
  ['timers', ({ timers }) => timers],
  ['search attribute upserts', ({ upserts }) => upserts],
];

function table<T>({ steward, bare }: BySide<T>, rows: Row<T>[]): string {
  return grid(
    ['', 'Steward', 'bare', 'ratio'],
    rows.map(([what, of]) => {
      const [ours, theirs] = [of(steward), of(bare)];
      return [what, right(ours), right(theirs), ours !== null && theirs ? (ours / theirs).toFixed(2) : '–'];
    }),
  );
}

/** A table without colours. */
export function grid(head: string[], rows: Cell[][]): string {
  const all = new Table({ head, style: { head: [], border: [] } });
  all.push(...rows);
  return all.toString();
}

/** A figure in a table. */
export function right(value: number | null): Cell {
  return { content: shown(value), hAlign: 'right' };
}

/** With as many digits as say something. */
export function shown(value: number | null): string {
  if (value === null) return '–';
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1);
}
