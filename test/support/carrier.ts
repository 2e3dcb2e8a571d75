import type { CertificateAuthority } from '../../sim/certificates';
import { startCarrier, type SimulatedCarrier } from '../../sim/carrier';

/** What Steward and the simulated Kuaidi100 share, in tests. */
const ACCOUNT = { customer: 'TEST-CUSTOMER-0123456789ABCDEF', key: 'test-kuaidi100-key' };

/** A Kuaidi100 that knows no parcel until a test gives it a script. */
export async function startTestCarrier(authority: CertificateAuthority): Promise<SimulatedCarrier> {
  return startCarrier({ ...ACCOUNT, certificate: await authority.issue({ hosts: ['localhost'] }) });
}
