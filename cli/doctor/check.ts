import type { Finding } from './finding';
import type { Ground } from './ground';

/** Which process's settings are looked at. */
export const PARTS = ['all', 'worker', 'api'] as const;
export type Part = (typeof PARTS)[number];

/** One line of `steward doctor`. */
export interface Check {
  name: string;
  /** Only this process needs what is checked; default: both. */
  part?: Exclude<Part, 'all'>;
  /** Without it there is nothing to look at; it has a check of its own. */
  needs?: 'database' | 'temporal';
  /**
   * May reject: with `CONFIG_INVALID` or `KEY_MISSING` it was not checked, since the settings are checked by
   * themselves; with anything else it is wrong.
   *
   * @param signal aborted when the check's time is over
   */
  look: (ground: Ground, signal: AbortSignal) => Promise<Finding> | Finding;
}
