import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../histories');

/** A recorded history, as `steward replay` reads it too. Encrypted with the fixed test key. */
export interface RecordedHistory {
  workflowId: string;
  history: unknown;
}

/** All histories under `test/histories/<version>/`, by `version/name`. They stay for ever. */
export function recordedHistories(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort();
}

export function readRecorded(name: string): RecordedHistory {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as RecordedHistory;
}
