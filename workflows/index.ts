/** All workflow types: the entry of the bundle. */
export { bundleUnsubscription } from './bundle-unsubscription';
export { orderLine } from './order-line';
