import { settlementScheduleId } from '../ids';
import type { Site } from '../schemas/order';

/**
 * On which day of the month a site is billed, at 00:00 of the business zone (domain.md 5.1). It bills the month
 * before.
 */
export const BILLING_DAY: Record<Site, number> = { china: 3, intl: 7 };

export const SITES = Object.keys(BILLING_DAY) as Site[];

/** Which site a Temporal schedule bills; undefined for one that bills none. */
export function siteOfSchedule(scheduleId: string | undefined): Site | undefined {
  return SITES.find((site) => settlementScheduleId(site) === scheduleId);
}
