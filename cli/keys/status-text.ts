import { formatTime } from '../../domain/time';
import { NOTHING, table } from '../table';
import type { KeyStatus, KeyUse } from './status';

const WORDS: Record<KeyUse, string> = {
  encrypts: 'encrypts',
  read: 'still needed: "steward keys reencrypt" moves what stands under it',
  'may go': 'nothing stands under it: it can be taken out of the list',
  missing: 'MISSING: add it again at the end of STEWARD_MASTER_KEYS',
};

/** For people. */
export function statusText({ master, codec }: KeyStatus): string {
  const rows = master.map(({ keyId, use, rows: n, columns }) => {
    const where = Object.entries(columns).map(([column, count]) => `${count} ${column}`);
    return [keyId, String(n), WORDS[use], where.join(', ') || NOTHING];
  });
  return `${table(['master key', 'values', 'use', 'where'], rows)}\n\n${codecText(codec)}`;
}

function codecText({ keyIds, runsBefore }: KeyStatus['codec']): string {
  const [first = '', ...others] = keyIds;
  const keys = `Codec keys: ${first} encrypts${others.length > 0 ? `; still read: ${others.join(', ')}` : ''}.`;
  if (runsBefore === null) {
    return `${keys} --codec-since TIME counts the runs that may need those.`;
  }
  const { since, runs } = runsBefore;
  const verdict =
    runs === 0 ? 'all keys but the first can be taken out of the list' : 'the older keys are still needed';
  return `${keys} ${runs} runs that Temporal keeps began before ${formatTime(since)}: ${verdict}.`;
}
