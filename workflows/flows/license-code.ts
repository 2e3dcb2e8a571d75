import { supervised } from './supervised';

/**
 * Licences by authorisation code (domain.md 2.4): the code is claimed by the buyer and activated by the seller's
 * software; the proof of delivery is accepted by the system itself.
 */
export const LICENSE_CODE = supervised('DELIVERING', {
  DELIVERING: { waitingFor: 'seller', moves: { deliver: 'ISSUING_CODE' } },
  ISSUING_CODE: { waitingFor: 'nobody', next: ['CLAIMING'] },
  CLAIMING: { waitingFor: 'buyer', moves: { 'claim-license': 'ACTIVATING' } },
  ACTIVATING: { waitingFor: 'seller', moves: { 'activate-license': 'PROVING' } },
  PROVING: { waitingFor: 'seller', needsProof: true, moves: { 'submit-proof': 'REVIEWING' } },
  REVIEWING: {
    waitingFor: 'operator',
    reviewsScenes: ['empowerment'],
    moves: { 'review-pass': 'ENDED', 'review-reject': 'PROVING' },
  },
});
