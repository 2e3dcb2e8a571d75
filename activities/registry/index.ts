import type { RegistryActivities } from '../contracts';
import type { ViewStore } from './ports';

export interface RegistryDeps {
  views: ViewStore;
}

/** Writes what order lines look like into the registry: for lists, ended orders, and reads in an outage. */
export function createRegistryActivities({ views }: RegistryDeps): RegistryActivities {
  return {
    publishView: ({ orderId, orderLineId, view }) => views.save(orderId, orderLineId, view),
  };
}
