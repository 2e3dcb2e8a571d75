import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SettlementResult } from '../../bench/settlement';

/** The smallest ledgers: that they are billed, and that what is told of them is so. Nothing about time. */

const MINUTES = 300_000;

test(
  'each ledger is billed whole, its second run changes nothing, and its check finds nothing',
  async () => {
    const args = ['--import', 'tsx', 'bench/main.ts', '--settlement', '--ledgers', '3x7,41x50', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: MINUTES - 20_000 });
    const { ledgers } = JSON.parse(stdout) as SettlementResult;
    const clean = { secondRunChanged: false, findings: [] };
    expect(ledgers).toMatchObject([
      { sellers: 3, transactions: 7, billed: { sellers: 3, transactions: 7 }, ...clean },
      { sellers: 41, transactions: 50, billed: { sellers: 41, transactions: 50 }, ...clean },
    ]);
    // Two steps more, of six events each.
    expect(ledgers[1]!.events - ledgers[0]!.events).toBe(12);
  },
  MINUTES,
);
