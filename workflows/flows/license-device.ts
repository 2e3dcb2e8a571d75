import { supervised } from './supervised';

/** Licences for one machine, known by its hardware or system id (domain.md 2.5). */
export const LICENSE_DEVICE = supervised('SUBMITTING_DEVICE_ID', {
  SUBMITTING_DEVICE_ID: { waitingFor: 'buyer', moves: { 'submit-device-id': 'DELIVERING' } },
  DELIVERING: { waitingFor: 'seller', needsProof: true, moves: { deliver: 'REVIEWING' } },
  REVIEWING: {
    waitingFor: 'operator',
    reviewsScenes: ['empowerment', 'base'],
    moves: { 'review-pass': 'ACCEPTING', 'review-reject': 'DELIVERING' },
  },
  ACCEPTING: { waitingFor: 'buyer', moves: { accept: 'ENDED', reject: 'DELIVERING' } },
});
