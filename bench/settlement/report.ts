import { aboutRun, grid, right, shown, type Row } from '../report';
import { nameOfSize } from './ledger-size';
import type { LedgerMeasured } from './measure';
import type { SettlementResult } from '.';

const COLUMNS: Row<LedgerMeasured>[] = [
  ['billed', ({ billed }) => billed.transactions],
  ['run, s', ({ seconds }) => seconds],
  ['for 1,000, s', ({ secondsPerThousand }) => secondsPerThousand],
  ['events', ({ events }) => events],
  ['worker, peak MB', ({ workerPeakRss }) => workerPeakRss],
  ['PostgreSQL, peak MB', ({ databasePeakRss }) => databasePeakRss],
  ['second run, s', ({ secondRunSeconds }) => secondRunSeconds],
  ['check, s', ({ checkSeconds }) => checkSeconds],
];

/** The result for people. */
export function settlementReport(result: SettlementResult): string {
  const { ledgers, options } = result;
  const head = ['sellers x transactions', ...COLUMNS.map(([what]) => what), 'second run changed', 'findings'];
  const rows = ledgers.map((ledger) => [
    nameOfSize(ledger),
    ...COLUMNS.map(([, of]) => right(of(ledger))),
    ledger.secondRunChanged ? 'SOMETHING' : 'nothing',
    ledger.findings.length,
  ]);
  return [...aboutRun(result), `${options.server} server`, '', grid(head, rows), ...growth(ledgers)].join(
    '\n',
  );
}

/** Between ledgers that follow each other with the same sellers. */
function growth(ledgers: readonly LedgerMeasured[]): string[] {
  return ledgers.flatMap((ledger, n) => {
    const before = ledgers[n - 1];
    if (before?.sellers !== ledger.sellers) return [];
    const [size, time] = [ledger.transactions / before.transactions, ledger.seconds / before.seconds];
    return `${shown(size)} times the transactions of ${nameOfSize(before)} took ${shown(time)} times its time`;
  });
}
