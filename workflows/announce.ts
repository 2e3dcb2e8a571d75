import { condition } from '@temporalio/workflow';
import { bundleWaits, tellBundle } from './bundle/tell';
import { display, shownAtStart, type Shown } from './display';
import type { Line } from './line';
import { mailsWait, sendMails } from './mails';
import { eventsWait, sendEvents } from './outbox';
import { followParcel } from './tracking';

/**
 * Beside the life of the line: tells what has changed to the Temporal UI, the platform and the parties, and asks the
 * carrier of a parcel that is new. Never returns.
 *
 * All of it is one coroutine, which waits anew only in a task in which it has told something: the order of
 * commands must not depend on which of several has waited longest. A replay takes tasks without commands
 * together with the next one, and would let them wait in another order than they did.
 */
export async function announce(line: Line): Promise<never> {
  const shown = shownAtStart(line);
  for (;;) {
    // Until the calendar has answered, a time limit is missing.
    await condition(() => line.asking === 0 && isNews(line, shown));
    display(line, shown);
    sendEvents(line);
    sendMails(line);
    tellBundle(line);
    followParcel(line);
  }
}

function isNews(line: Line, shown: Shown): boolean {
  return shown.revision < line.state.revision || eventsWait(line) || mailsWait(line) || bundleWaits(line);
}
