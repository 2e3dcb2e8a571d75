export { stopAsked } from '../alone/stop-asked';
export { settle } from './settle';
export { settleMonth, type Settled } from './settle-month';
export { previewText, settledText } from './text';
export { createTicker } from './ticker';
