import type { CertificationActivities } from '../contracts';
import type { CertificationStore } from './ports';

export interface CertificationDeps {
  certifications: CertificationStore;
}

/** Writes what certifications look like into the registry: for reads in an outage, and for billing runs. */
export function createCertificationActivities({
  certifications,
}: CertificationDeps): CertificationActivities {
  return {
    publishCertification: ({ sellerId, site, view }) => certifications.save({ sellerId, site }, view),
  };
}
