import { supervised } from './supervised';

/** Licences that are delivered offline or as a software package (domain.md 2.3, 2.6). */
export const LICENSE = supervised('DELIVERING', {
  DELIVERING: { waitingFor: 'seller', needsProof: true, moves: { deliver: 'REVIEWING' } },
  REVIEWING: {
    waitingFor: 'operator',
    reviewsScenes: ['empowerment'],
    moves: { 'review-pass': 'ACCEPTING', 'review-reject': 'DELIVERING' },
  },
  ACCEPTING: { waitingFor: 'buyer', moves: { accept: 'ENDED', reject: 'DELIVERING' } },
});
