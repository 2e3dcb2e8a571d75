import { FIVE_DAYS, refundNodes, type Flow } from './flow';

/** An image, which Huawei Cloud provisions itself (domain.md 2.8): completed at once, with no seller to act. */
export const IMAGE: Flow = {
  supervised: false,
  start: 'COMPLETING',
  nodes: {
    COMPLETING: { waitingFor: 'platform', next: ['FIVE_DAYS', 'REFUNDING', 'ENDED'] },
    FIVE_DAYS,
    ...refundNodes(),
  },
};
