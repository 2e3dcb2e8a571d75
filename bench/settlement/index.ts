import type { Closers } from '../../cli/up/closers';
import { machineNow, versions, type Machine } from '../machine';
import type { BenchOptions } from '../options';
import { startStage } from '../stage';
import { nameOfSize } from './ledger-size';
import { measureLedger, type LedgerMeasured } from './measure';

export interface SettlementResult {
  machine: Machine;
  versions: Record<string, string>;
  options: BenchOptions;
  ledgers: LedgerMeasured[];
}

/** Bills one ledger after the other, each in a database of its own, on one Temporal server. */
export async function benchSettlement(
  options: BenchOptions,
  tell: (what: string) => void,
  closers: Closers,
): Promise<SettlementResult> {
  const machine = machineNow();
  tell(`Starting the ${options.server} server`);
  const stage = await startStage(options.server, options.ledgers.map(nameOfSize), closers);
  const ledgers: LedgerMeasured[] = [];
  for (const size of options.ledgers) ledgers.push(await measureLedger(stage, size, tell, closers));
  return { machine, versions: await versions(stage.connection), options, ledgers };
}
