import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { ProductionActivities } from '../../activities/contracts';
import { SELLER_CALL } from '../../workflows/policies';

/** The seller's interface. */
export const seller = proxyActivities<ProductionActivities>(SELLER_CALL);

/** Makes a call again until it is answered: the policy, like Steward's, makes one attempt. */
export async function untilAnswered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
    }
  }
}
