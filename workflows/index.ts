/** All workflow types: the entry of the bundle. */
export { bill } from './bill/bill';
export { bundleUnsubscription } from './bundle-unsubscription';
export { certification } from './certification/certification';
export { orderLine } from './order-line';
export { settlementPreview } from './settlement/preview';
export { settlement } from './settlement/settlement';
export { settlementStart } from './settlement/start';
