import { deliveredByHand, supervised } from './supervised';

/** Licences for one machine, known by its hardware or system id (domain.md 2.5). */
export const LICENSE_DEVICE = supervised('SUBMITTING_DEVICE_ID', {
  SUBMITTING_DEVICE_ID: { waitingFor: 'buyer', moves: { 'submit-device-id': 'DELIVERING' } },
  ...deliveredByHand(['empowerment', 'base']),
});
