export { stopAsked } from '../alone/stop-asked';
export { settle } from './settle';
export { previewText, settledText } from './text';
export { createTicker } from './ticker';
