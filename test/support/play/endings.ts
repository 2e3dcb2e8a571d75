import type { Command } from '../../../domain/commands';

/**
 * What brings every line to its end, and how (a choice of `ARGUMENTS`): the first of them that is possible. Where
 * none is, the outside world or time does it.
 */
export const CLOSERS: readonly { command: Command; body: number }[] = [
  { command: 'close', body: 0 },
  { command: 'record-refund', body: 0 },
  { command: 'confirm-release', body: 0 },
  { command: 'resolve-appeal', body: 1 },
];
