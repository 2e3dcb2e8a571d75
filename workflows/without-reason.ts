import { ActivityFailure, CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { QuotaActivities } from '../activities/contracts';
import { errorMessage } from '../domain/errors';
import { fiveDaysOver, quotaYear, UNSUBSCRIPTIONS_A_YEAR } from '../domain/five-days';
import { unsubscriptionId } from '../domain/ids';
import type { CommandRequest } from '../domain/order-line';
import type { CommandBody } from '../domain/schemas/commands';
import { checkText } from './checks';
import type { Line } from './line';
import { UNTIL_TAKEN } from './policies';
import { refusal } from './refusal';
import { unsubscribe } from './steps/unsubscribe';

const quota = proxyActivities<QuotaActivities>({
  ...UNTIL_TAKEN,
  summary: "Take one of the buyer's unsubscriptions of the year",
});

type Request = CommandRequest<CommandBody<'unsubscribe'>>;

/** The buyer unsubscribes in the five days, without reason and in full (domain.md 3.1). */
export const unsubscribeWithoutReason = {
  check({ state: { fiveDaysUntil } }: Line, { data }: Request): void {
    if (data.reason !== undefined) checkText(data, 'reason');
    if (fiveDaysUntil === null || Date.now() < fiveDaysUntil) return;
    const { code, params } = fiveDaysOver(fiveDaysUntil);
    throw refusal(code, params);
  },

  /**
   * Pending from here on, until it is known whether the buyer has one left: tried until the database answers, so
   * that what was asked for in time is never lost by our own downtime.
   */
  async record(line: Line, { by, data }: Request): Promise<void> {
    const { state, order } = line;
    const { orderId, orderLineId, buyerId, amount } = order;
    const at = Date.now();
    state.unsubscriptions += 1;
    const id = unsubscriptionId(orderLineId, state.unsubscriptions);
    const asked = {
      id,
      status: 'REQUESTED' as const,
      amount,
      reason: data.reason ?? 'Unsubscribed without reason',
    };
    state.unsubscription = asked;
    line.change({}, { by: by.role, command: 'unsubscribe', note: asked.reason });
    const taken = await takeOne(line, { orderId, orderLineId, buyerId, at });
    if (taken) {
      return unsubscribe(line, asked.reason, { outcome: 'UNSUBSCRIBED', agreed: asked, amount });
    }
    state.unsubscription = { ...asked, status: 'REFUSED' };
    const spent = { n: UNSUBSCRIPTIONS_A_YEAR, year: quotaYear(at) };
    line.change({}, { note: errorMessage('QUOTA_SPENT', spent) });
    throw refusal('QUOTA_SPENT', spent);
  },
};

/** A command asks outside the scope in which the line lives, where a cancellation would end the question. */
async function takeOne(
  line: Line,
  asked: Parameters<QuotaActivities['takeUnsubscription']>[0],
): Promise<boolean> {
  try {
    return (await CancellationScope.nonCancellable(() => quota.takeUnsubscription(asked))).taken;
  } catch (error) {
    // Ended from outside: the policy itself never gives up.
    if (!(error instanceof ActivityFailure)) throw error;
    line.state.unsubscription = null;
    line.change({}, { note: 'It could not be found out whether the buyer has an unsubscription left.' });
    throw refusal('TRY_AGAIN');
  } finally {
    line.measure();
  }
}
