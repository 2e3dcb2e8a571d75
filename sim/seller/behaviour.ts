import type { Step } from './steps';

/** What the seller can be told to do with every call of an order, until it is told otherwise: its control page. */
export const BEHAVIOURS = ['opens', 'accepts', 'fails', 'hangs'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** An accepted instance is ready when it is queried for the second time. */
export const QUERIES_UNTIL_READY = 2;

/** `accept` is for `newInstance`; other calls are answered as the protocol says. */
export const BEHAVIOUR_STEPS: Record<Behaviour, Step> = {
  opens: 'open',
  accepts: `accept:${QUERIES_UNTIL_READY}`,
  fails: '000005',
  hangs: 'hang',
};
