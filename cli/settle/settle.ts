import type { Client } from '@temporalio/client';
import { StewardError } from '../../domain/errors';
import { settlementPreviewWorkflowId } from '../../domain/ids';
import type { RunKey, RunPreview } from '../../domain/ledger/bill';
import { periodFault } from '../../domain/ledger/period-fault';
import { TASK_QUEUES } from '../../temporal.config';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { createDataConverter } from '../../workers/data-converter';
import { codecKeys, type Environment } from '../../workers/keys';
import type { settlementPreview } from '../../workflows';
import { withStateKeys } from '../environment';
import { withTemporal } from '../temporal';
import { follow, type Tell } from './follow';
import { settleMonth } from './settle-month';

const { settlement: taskQueue } = TASK_QUEUES;

/** A look at what a run would do. */
export interface Previewed extends RunKey, RunPreview {
  workflowId: string;
}

/** What is asked for: months of sites, and who is told how far they are. */
export interface SettleOptions {
  keys: readonly RunKey[];
  tell: Tell;
  /** Aborted when whoever waits goes away; what runs goes on. */
  stop: AbortSignal;
}

/**
 * Bills months, or joins the runs that do, and waits for their ends; a look (`preview`) bills nothing. The settings are
 * those of a worker's Temporal, with the keys of `steward up` where there are no others.
 *
 * @returns undefined when `stop` came first
 * @throws `PERIOD_INVALID`, `PERIOD_NOT_OVER`, `SETTLEMENT_STOPPED`, `KEY_MISSING`, `TEMPORAL_UNAVAILABLE`
 */
export const settle = {
  run: (env: Environment, options: SettleOptions) => each(env, options, settleMonth),
  preview: (env: Environment, options: SettleOptions) => each(env, options, previewOf),
};

type Ask<Result> = (client: Client, key: RunKey, options: SettleOptions) => Promise<Result | undefined>;

async function each<Result>(
  env: Environment,
  options: SettleOptions,
  ask: Ask<Result>,
): Promise<Result[] | undefined> {
  for (const { period } of options.keys) {
    const fault = periodFault(period, Date.now());
    if (fault) throw new StewardError(fault.code, fault.params);
  }
  const codec = new EncryptionCodec(codecKeys(await withStateKeys(env)));
  const work = (client: Client) => Promise.all(options.keys.map((key) => ask(client, key, options)));
  const all = await withTemporal(env, work, createDataConverter(codec));
  return all.every((one) => one !== undefined) ? all : undefined;
}

async function previewOf(
  client: Client,
  key: RunKey,
  options: SettleOptions,
): Promise<Previewed | undefined> {
  const workflowId = settlementPreviewWorkflowId(key);
  const handle = await client.workflow.start<typeof settlementPreview>('settlementPreview', {
    ...{ workflowId, taskQueue, args: [key] },
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `What a billing run of ${key.period}, site ${key.site}, would do`,
  });
  const preview = await follow<typeof settlementPreview>(client, handle, { key, ...options });
  return preview && { ...key, workflowId, ...preview };
}
