import { X509Certificate } from 'node:crypto';
import { trust } from '../../../activities/production/egress-settings';
import { egressSettings } from '../../../workers/settings';
import { validity } from '../certificate';
import type { Check } from '../check';
import { ok } from '../finding';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Until when the authorities of `STEWARD_EGRESS_CA` are good; Node's own are its maker's to renew. */
export const EGRESS_CA: Check = {
  name: 'seller authorities',
  part: 'worker',
  look({ env, now }) {
    const { ca } = egressSettings(env);
    trust(ca);
    if (ca === undefined)
      return ok("STEWARD_EGRESS_CA is not set: sellers' certificates need an authority that Node trusts");
    const ends = (ca.match(CERTIFICATE) ?? []).map((pem) => {
      const { subject, validTo } = new X509Certificate(pem);
      return { name: subject.replace(/\n/g, ', '), end: Date.parse(validTo) };
    });
    const first = ends.reduce((one, other) => (other.end < one.end ? other : one));
    const mend = 'put its successor into the file that STEWARD_EGRESS_CA names, and restart the workers';
    return validity(
      `of ${ends.length} authorities in STEWARD_EGRESS_CA, ${first.name}`,
      first.end,
      now(),
      mend,
    );
  },
};
