import { Command, InvalidArgumentError, Option } from 'commander';
import { nameOfSize, sizeOf, USUAL_SIZES, type LedgerSize } from './settlement/ledger-size';
import { SERVER_KINDS, type ServerKind } from './servers';

export interface BenchOptions {
  /** In each round. */
  orders: number;
  concurrency: number;
  /** Of each side. */
  rounds: number;
  server: ServerKind;
  /** Orders that wait while memory is measured. */
  waiting: number;
  /** Orders in flight when a worker is killed. */
  inFlight: number;
  /** Measures billing runs instead of orders. */
  settlement: boolean;
  /** The ledgers that are billed. */
  ledgers: readonly LedgerSize[];
  json: boolean;
}

const HELP = `
Runs the same orders on Steward and on a bare workflow with the same calls, in turns, on one Temporal server, and
prints what both took. Nothing is needed but this checkout, and PostgreSQL's programs for --postgres.
docs/performance.md tells how to read it.

Examples:
  npm run bench -- --orders 100 --concurrency 50 --json > bench.json
  npm run bench -- --settlement --postgres --ledgers 200x100000`;

/** Reads the command line; prints help and errors and ends the process itself. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const program = new Command('npm run bench --')
    .description('Measures what orders and billing runs cost')
    .option('--orders <n>', 'orders in each round', whole, 100)
    .option('--concurrency <n>', 'orders at a time', whole, 50)
    .option('--rounds <n>', 'rounds of each side', whole, 3)
    .addOption(new Option('--server <kind>', 'the Temporal server').choices(SERVER_KINDS).default('dev'))
    .option('--postgres', 'the same as --server postgres')
    .option('--waiting <n>', 'orders that wait while memory is measured', whole, 1_000)
    .option('--in-flight <n>', 'orders in flight when a worker is killed', whole, 50)
    .option('--settlement', 'measure billing runs instead', false)
    .addOption(
      new Option('--ledgers <sizes>', 'sellers x transactions of the ledgers that are billed')
        .argParser(sizes)
        .default(USUAL_SIZES, USUAL_SIZES.map(nameOfSize).join(',')),
    )
    .option('--json', 'print JSON instead of tables', false)
    .addHelpText('after', HELP)
    .parse(argv);
  const { postgres, ...options } = program.opts<BenchOptions & { postgres?: true }>();
  return { ...options, ...(postgres && { server: 'postgres' }) };
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 99999.');
  return Number(text);
}

function sizes(text: string): LedgerSize[] {
  return text.split(',').map((name) => {
    const size = sizeOf(name);
    if (!size) throw new InvalidArgumentError('It is a list as 200x10000,200x100000.');
    return size;
  });
}
