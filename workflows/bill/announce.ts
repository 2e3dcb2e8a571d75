import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { details } from './details';
import type { BillLife } from './life';
import { mailsWait, sendMails } from './mails';

/**
 * Beside the life of the bill: tells what has changed to the Temporal UI and the parties. One coroutine, for the reason
 * that `workflows/announce.ts` has. Never returns.
 */
export async function announce(life: BillLife): Promise<never> {
  const { state } = life;
  const shown = { revision: 0, attributes: '' };
  for (;;) {
    await condition(() => !life.asking && (shown.revision < state.revision || mailsWait(life)));
    if (shown.revision < state.revision) {
      shown.revision = state.revision;
      setCurrentDetails(details(life));
      const attributes = JSON.stringify([state.node, state.clock?.dueAt]);
      if (attributes !== shown.attributes) list(life);
      shown.attributes = attributes;
    }
    sendMails(life);
  }
}

/** What the Temporal UI's list shows. */
function list({ state, step, ended }: BillLife): void {
  const dueAt = state.clock?.dueAt;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.orderStatus, value: ended ? state.node : 'PROCESSING' },
    { key: SEARCH_ATTRIBUTES.node, value: state.node },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: step.waitingFor },
    { key: SEARCH_ATTRIBUTES.dueAt, value: dueAt == null ? null : new Date(dueAt) },
  ]);
}
