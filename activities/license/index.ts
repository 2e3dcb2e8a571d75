import type { LicenseActivities } from '../contracts';
import type { LicenseStore } from './ports';

export interface LicenseDeps {
  licenses: LicenseStore;
}

/** Licence codes are made where they are kept: none passes through a workflow (domain.md 2.4, design §5). */
export function createLicenseActivities({ licenses }: LicenseDeps): LicenseActivities {
  return {
    issueLicense: (line) => licenses.issue(line),
  };
}
