import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { LedgerActivities } from '../../activities/contracts';
import type { RunKey, RunPreview } from '../../domain/ledger/bill';
import { LEDGER } from '../policies';
import { pinned } from './pinned';
import { refusePeriod } from './refuse-period';

const { previewRun } = proxyActivities<LedgerActivities>(LEDGER);

/**
 * What a billing run would do now, without doing it. A workflow, because whoever asks (`steward settle --dry-run`)
 * reaches Temporal, and the database maybe not: that of `steward up` belongs to its process.
 *
 * @throws `PERIOD_INVALID`, `PERIOD_NOT_OVER`
 */
export async function settlementPreview(key: RunKey): Promise<RunPreview> {
  refusePeriod(key.period);
  return previewRun.executeWithOptions({ summary: `What is due for ${key.period}?` }, [key]);
}

setWorkflowOptions(pinned, settlementPreview);
