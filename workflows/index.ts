/** All workflow types: the entry of the bundle. */
export { orderLine } from './order-line';
