import type { Flow } from './flow';
import { supervised } from './supervised';

/**
 * Goods that are shipped (domain.md 2.7): the address may change until then; once the carrier says "signed", the
 * system accepts the delivery after ten days by itself.
 */
export const HARDWARE: Flow = {
  ...supervised('SHIPPING', {
    SHIPPING: {
      waitingFor: 'seller',
      needsProof: true,
      moves: { ship: 'REVIEWING' },
      commands: ['change-address'],
    },
    REVIEWING: {
      waitingFor: 'operator',
      reviewsScenes: ['empowerment', 'base'],
      moves: { 'review-pass': 'ACCEPTING', 'review-reject': 'SHIPPING' },
      commands: ['correct-logistics'],
    },
    ACCEPTING: {
      waitingFor: 'buyer',
      moves: { accept: 'ENDED', reject: 'SHIPPING' },
      commands: ['correct-logistics', 'remind-buyer'],
    },
  }),
  ships: true,
};
