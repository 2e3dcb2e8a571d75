import { CHECK_STATEMENT_LIMIT, checkLedger, type Finding } from '../../db/ledger/check';
import type { Environment } from '../../workers/keys';
import { withDatabase } from '../store';

/** What `steward ledger check` tells. */
export interface LedgerCheck {
  /** Nothing was found. */
  ok: boolean;
  findings: Finding[];
}

/** Checks the ledger that is stored, and changes nothing. Rejects as `withDatabase` does. */
export async function ledgerCheck(env: Environment): Promise<LedgerCheck> {
  const findings = await withDatabase(env, checkLedger, { statementLimit: CHECK_STATEMENT_LIMIT });
  return { ok: findings.length === 0, findings };
}
