import { FIVE_DAYS, refundNodes, type Flow } from './flow';

/**
 * The life of a SaaS line without supervision (design §3, §6; domain.md 1.10): opened at the seller,
 * or refunded and released.
 */
export const SAAS: Flow = {
  supervised: false,
  start: 'OPENING',
  nodes: {
    OPENING: {
      waitingFor: 'seller',
      commands: ['restart-call', 'close'],
      restarts: 'newInstance',
      next: ['POLLING', 'REFUNDING'],
    },
    POLLING: {
      waitingFor: 'seller',
      commands: ['restart-call', 'close'],
      restarts: 'queryInstance',
      next: ['FIVE_DAYS', 'REFUNDING', 'ENDED'],
    },
    FIVE_DAYS,
    ...refundNodes('RELEASING', 'RELEASE_UNCONFIRMED'),
    RELEASING: {
      waitingFor: 'seller',
      commands: ['restart-call'],
      restarts: 'releaseInstance',
      next: ['RELEASE_UNCONFIRMED', 'ENDED'],
    },
    RELEASE_UNCONFIRMED: { waitingFor: 'operator', commands: ['confirm-release'], next: ['ENDED'] },
  },
};
