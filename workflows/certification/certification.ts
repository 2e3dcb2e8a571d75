import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
} from '@temporalio/workflow';
import type { CertificationStart } from '../../domain/certification/certification';
import { certificationQuery } from '../messages';
import { Case } from './case';
import { handleCommands } from './commands';
import { display } from './display';
import { sendMails } from './mails';
import { isUnpublished, publish } from './publish';
import { followReview, wakeAt } from './review';
import { newState, type CertificationState } from './state';

/**
 * A seller's business certification for a site (商业信息认证, domain.md 6.1): it never ends, and a cancellation from the
 * Temporal UI changes nothing. After a termination the next command takes it up where the registry has it.
 *
 * All of it is one coroutine, so that the order of its commands follows from its history alone (see `announce.ts`).
 *
 * @param input whose it is, and the windows it lives by; `state` only in a continued run
 */
export async function certification(
  input: CertificationStart & { state?: CertificationState },
): Promise<never> {
  const { windows, kept } = input;
  const one = new Case(input, windows, input.state ?? newState(Date.now(), kept));
  const { state } = one;
  setHandler(certificationQuery, () => one.view());
  handleCommands(one);

  return CancellationScope.nonCancellable(async () => {
    for (;;) {
      await followReview(one);
      if (one.isLong) await quiet(one);
      if (one.isLong && allHandlersFinished()) return goOn(one);
      one.seen = state.revision;
      display(one);
      sendMails(one);
      await publish(one);
      if (!one.isLong) await news(one);
    }
  });
}

/** Waits until something has changed, or until it is time for something. */
async function news(one: Case): Promise<void> {
  const { state } = one;
  const changed = () => one.isLong || state.revision > one.seen;
  const times = [
    ...(state.review ? [{ at: wakeAt(state.review), summary: 'Wait for the verdict' }] : []),
    ...(isUnpublished(one) ? [{ at: one.publishAt, summary: 'Wait for the registry' }] : []),
  ];
  const [first] = times.sort((a, b) => a.at - b.at);
  if (!first) return condition(changed);
  const left = first.at - Date.now();
  if (changed() || left <= 0) return;
  if (!(await condition(changed, left, { summary: first.summary }))) one.measure();
}

/** Until no command is being handled any more, or one that is needs the calendar. */
function quiet({ state }: Case): Promise<void> {
  return condition(() => allHandlersFinished() || state.review?.dueAt === null);
}

/** The same in a fresh history. */
function goOn({ key, windows, state }: Case): Promise<never> {
  return continueAsNew<typeof certification>({ ...key, windows, state });
}
