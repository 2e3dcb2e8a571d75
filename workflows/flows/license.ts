import { deliveredByHand, supervised } from './supervised';

/** Licences that are delivered offline or as a software package (domain.md 2.3, 2.6). */
export const LICENSE = supervised('DELIVERING', deliveredByHand(['empowerment']));
