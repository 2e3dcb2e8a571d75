import type { StewardClient } from '../../client';
import type { Role } from '../../domain/parties';
import { PROOF, type Way } from './way';

/** Over Steward's HTTP API, as the platform, the seller and the buyer would. */
export function apiWay(as: (role: Role, sub: string) => Promise<StewardClient>): Way {
  const seller = async (sub: string) => as('seller', sub);
  return {
    prepare: () => Promise.resolve(),
    place: async ({ platform, body }) => (await as('platform', platform)).placeOrder(body),
    deliver: async ({ orderId, seller: sub }) => (await seller(sub)).command(orderId, 'deliver', {}),
    async claim({ orderId, buyer }) {
      const { licenseCode } = await (await as('buyer', buyer)).command(orderId, 'claim-license', {});
      return licenseCode ?? '';
    },
    activate: async ({ seller: sub }, code) => (await seller(sub)).activateLicense(code),
    submitProof: async ({ orderId, seller: sub }) =>
      (await seller(sub)).command(orderId, 'submit-proof', { proof: PROOF }),
  };
}
