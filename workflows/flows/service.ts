import { deliveredByHand, supervised } from './supervised';

/** SaaS that is delivered offline, and professional services (domain.md 2.1, 2.2). */
export const SERVICE = supervised('SUBMITTING_REQUIREMENT', {
  SUBMITTING_REQUIREMENT: {
    waitingFor: 'buyer',
    moves: { 'submit-requirement': 'CONFIRMING_REQUIREMENT' },
  },
  CONFIRMING_REQUIREMENT: {
    waitingFor: 'seller',
    moves: { 'confirm-requirement': 'DELIVERING', 'reject-requirement': 'SUBMITTING_REQUIREMENT' },
  },
  ...deliveredByHand(['empowerment']),
});
