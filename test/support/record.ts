import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils';

/**
 * With `STEWARD_RECORD=<version>`, histories of the running test are kept under `test/histories/<version>/`.
 *
 * @param of what of the test it is, where a test has several; of the same the last is kept
 */
export function recordHistory(history: History, workflowId: string, of = ''): void {
  const version = process.env['STEWARD_RECORD'];
  if (!version) return;
  const folder = join(__dirname, '../histories', version);
  mkdirSync(folder, { recursive: true });
  const name = `${expect.getState().currentTestName ?? workflowId} ${of}`;
  const file = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  const content = { workflowId, history: JSON.parse(historyToJSON(history)) as unknown };
  writeFileSync(join(folder, `${file}.json`), `${JSON.stringify(content)}\n`);
}
