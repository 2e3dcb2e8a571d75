import type { QuotaActivities } from '../contracts';
import type { UnsubscriptionQuota } from './ports';

export interface QuotaDeps {
  quota: UnsubscriptionQuota;
}

/** The ten unsubscriptions without reason of a buyer's calendar year (domain.md 3.1). */
export function createQuotaActivities({ quota }: QuotaDeps): QuotaActivities {
  return {
    takeUnsubscription: async (line) => ({ taken: await quota.take(line) }),
  };
}
