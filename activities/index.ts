import { createBillActivities, type BillDeps } from './billing';
import { createBundleActivities, type BundleDeps } from './bundle';
import { createCalendarActivities, type CalendarDeps } from './calendar';
import { createCertificationActivities, type CertificationDeps } from './certification';
import type { Activities } from './contracts';
import { createLedgerActivities, type LedgerDeps } from './ledger';
import { createLicenseActivities, type LicenseDeps } from './license';
import { createLogisticsActivities, type LogisticsDeps } from './logistics';
import { createMailActivities, type MailDeps } from './mail';
import { createPlatformActivities, type PlatformDeps } from './platform';
import { createProductionActivities, type ProductionDeps } from './production';
import { createQuotaActivities, type QuotaDeps } from './quota';
import { createRegistryActivities, type RegistryDeps } from './registry';

export type * from './contracts';

/** All that activities need from outside. */
export type ActivityDeps = ProductionDeps &
  PlatformDeps &
  RegistryDeps &
  CertificationDeps &
  CalendarDeps &
  LicenseDeps &
  LogisticsDeps &
  MailDeps &
  QuotaDeps &
  LedgerDeps &
  BillDeps &
  BundleDeps;

/** Builds the activities of a worker; each outside party has a folder of its own. */
export function createActivities(deps: ActivityDeps): Activities {
  return {
    ...createProductionActivities(deps),
    ...createPlatformActivities(deps),
    ...createRegistryActivities(deps),
    ...createCertificationActivities(deps),
    ...createCalendarActivities(deps),
    ...createLicenseActivities(deps),
    ...createLogisticsActivities(deps),
    ...createMailActivities(deps),
    ...createBundleActivities(deps),
    ...createQuotaActivities(deps),
    ...createLedgerActivities(deps),
    ...createBillActivities(deps),
  };
}
