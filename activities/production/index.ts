import { log } from '@temporalio/activity';
import type { ProductionActivities } from '../contracts';
import { readNewInstance, readOrderNotify, readQueryInstance, readReleaseInstance } from './answers';
import { callSeller, type CallDeps } from './call';
import { ours } from './our-part';
import type { AppInfoStore } from './ports';

export type { MeasuredCall } from './call';
export { createEgress, type Egress, type EgressOptions } from './egress';
export { explainSignature, type SignatureVerdict } from './explain-signature';
export { sign, type Signed } from './signature';

export interface ProductionDeps extends CallDeps {
  appInfo: AppInfoStore;
}

/** The activities that speak the seller's production interface V2.0 (domain.md 1, design §6). */
export function createProductionActivities(deps: ProductionDeps): ProductionActivities {
  return {
    async newInstance(input) {
      const { orderId, orderLineId } = input;
      return callSeller(deps, input, {
        activity: 'newInstance',
        parameters: (businessId) => ({ businessId, orderId, orderLineId }),
        read: readNewInstance,
      });
    },

    async queryInstance(input) {
      const { orderId, orderLineId, instanceId } = input;
      const queried = await callSeller(deps, input, {
        activity: 'queryInstance',
        parameters: () => ({ instanceId }),
        read: (answer) => readQueryInstance(answer, instanceId),
      });
      if (!queried.ready) return { ready: false, hasAppInfo: false };
      const { appInfo, unusable } = queried;
      if (unusable !== '') log.warn('The access that the seller gave cannot be used', { unusable });
      if (appInfo) {
        await ours("The buyer's access could not be stored", () =>
          deps.appInfo.save(orderId, orderLineId, appInfo),
        );
      }
      return { ready: true, hasAppInfo: appInfo !== null };
    },

    async releaseInstance(input) {
      const { orderLineId, instanceId, unsubscriptionId } = input;
      return callSeller(deps, input, {
        activity: 'releaseInstance',
        parameters: () => ({ instanceId, orderId: unsubscriptionId, orderLineId }),
        read: readReleaseInstance,
      });
    },

    async orderNotify(input) {
      const { orderId, orderLineId } = input;
      return callSeller(deps, input, {
        activity: 'orderNotify',
        parameters: () => ({ orderId, orderLineId }),
        read: readOrderNotify,
        onlyTells: true,
      });
    },
  };
}
