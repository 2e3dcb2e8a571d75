import { checkLedger, type Finding } from '../../db/ledger/check';
import type { Environment } from '../../workers/keys';
import { withDatabase } from '../store';

/**
 * Each of its statements reads all of a table or two, in ms: a ledger of years takes minutes, and nobody waits for it but
 * who asked.
 */
const STATEMENT_LIMIT = 3_600_000;

/** What `steward ledger check` tells. */
export interface LedgerCheck {
  /** Nothing was found. */
  ok: boolean;
  findings: Finding[];
}

/** Checks the ledger that is stored, and changes nothing. Rejects as `withDatabase` does. */
export async function ledgerCheck(env: Environment): Promise<LedgerCheck> {
  const findings = await withDatabase(env, checkLedger, { statementLimit: STATEMENT_LIMIT });
  return { ok: findings.length === 0, findings };
}
