import { readFile } from 'node:fs/promises';
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils';
import { z } from 'zod';

/** A recorded history and the workflow that it is of. */
export interface RecordedHistory {
  workflowId: string;
  history: History;
}

/** A history as JSON, as the Temporal CLI, its UI and the SDK's `historyToJSON` write it. */
const history = z.looseObject({ events: z.array(z.looseObject({})).min(1) });
const recording = z.looseObject({ workflowId: z.string(), history });

/**
 * Reads `{"workflowId": …, "history": …}` or a history alone.
 *
 * @param workflowId of a history that does not say itself whose it is, as those of some servers
 * @throws `Error` that tells what is wrong with the file
 */
export async function readHistory(file: string, workflowId: string | undefined): Promise<RecordedHistory> {
  const json = parse(await readFile(file, 'utf8'));
  const recorded = recording.safeParse(json);
  const alone = history.safeParse(json);
  if (!recorded.success && !alone.success) throw new Error('this is no workflow history');

  const read = historyFromJSON(recorded.data?.history ?? alone.data);
  const ownId = read.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  const id = recorded.data?.workflowId || ownId || workflowId;
  if (!id) throw new Error('it does not name its workflow; name it with --workflow-id');
  return { workflowId: id, history: read };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('this is not JSON');
  }
}
