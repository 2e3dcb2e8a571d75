/** What a check found. `words` and `mend` hold no secret; `mend` says what to do about it. */
export type Finding =
  | { state: 'ok' | 'not checked'; words: string; mend: null }
  | { state: 'warning' | 'wrong'; words: string; mend: string };

export const ok = (words: string): Finding => ({ state: 'ok', words, mend: null });
/** Orders go on, but somebody should look after it. */
export const warning = (words: string, mend: string): Finding => ({ state: 'warning', words, mend });
/** Orders stand still, or will. */
export const wrong = (words: string, mend: string): Finding => ({ state: 'wrong', words, mend });
export const notChecked = (why: string): Finding => ({ state: 'not checked', words: why, mend: null });

/** Why something cannot be looked at now, which is no fault. */
export class NotChecked extends Error {}
