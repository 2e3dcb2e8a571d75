/** What the worker of the bare side runs, under the names that the API knows. */
export { orderLine } from './order-line';
