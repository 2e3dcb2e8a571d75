import { Client } from '@temporalio/client';
import { keyUsage } from '../../db/key-usage';
import { StewardError } from '../../domain/errors';
import { temporalProfile } from '../../temporal.config';
import { connectClient } from '../../workers/connection';
import { codecKeys, type Environment } from '../../workers/keys';
import { withStateKeys } from '../environment';
import { withStore } from './store';

/**
 * What a key is for now: it `encrypts`; older rows are still `read` with it; nothing of it is left, so that it `may go`;
 * rows stand under it and the setting lacks it: `missing`.
 */
export type KeyUse = 'encrypts' | 'read' | 'may go' | 'missing';

export interface KeyStatus {
  /** Of `STEWARD_MASTER_KEYS`, in the setting's order; then those that it lacks. */
  master: { keyId: string; use: KeyUse; rows: number; columns: Record<string, number> }[];
  codec: {
    /** In the setting's order: the first encrypts. */
    keyIds: string[];
    /** How many runs that Temporal keeps began before a moment; null when none was asked about. */
    runsBefore: { since: number; runs: number } | null;
  };
}

/**
 * Which key is still needed for what. Rejects as `withStore` does, and with `TEMPORAL_UNAVAILABLE`.
 *
 * @param since epoch milliseconds: when the last process got the newest codec key as its first
 */
export async function keyStatus(environment: Environment, since?: number): Promise<KeyStatus> {
  const env = await withStateKeys(environment);
  return {
    master: await masterStatus(env),
    codec: {
      keyIds: codecKeys(env).ids,
      runsBefore: since === undefined ? null : { since, runs: await runsBefore(env, since) },
    },
  };
}

function masterStatus(env: Environment): Promise<KeyStatus['master']> {
  return withStore(env, async (db, { ids, newestId }) => {
    const usage = await keyUsage(db);
    const all = [...new Set([...ids, ...usage.map(({ keyId }) => keyId)])];
    return all.map((keyId) => {
      const mine = usage.filter((one) => one.keyId === keyId);
      const rows = mine.reduce((sum, one) => sum + one.rows, 0);
      const columns = Object.fromEntries(mine.map((one) => [one.column, one.rows]));
      const older = rows > 0 ? 'read' : 'may go';
      const use = keyId === newestId ? 'encrypts' : ids.includes(keyId) ? older : 'missing';
      return { keyId, use, rows, columns };
    });
  });
}

/** Whatever a run holds was encrypted at its start or later. */
async function runsBefore(env: Environment, since: number): Promise<number> {
  const { connection: options, namespace } = temporalProfile(env);
  const opened = await connectClient(options).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StewardError('TEMPORAL_UNAVAILABLE', { address: options.address ?? '', reason }, { cause });
  });
  try {
    const { workflow } = new Client({ connection: opened.connection, namespace });
    return (await workflow.count(`StartTime < "${new Date(since).toISOString()}"`)).count;
  } finally {
    await opened.close();
  }
}
