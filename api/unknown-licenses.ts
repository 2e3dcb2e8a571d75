import { StewardError } from '../domain/errors';
import { formatTime } from '../domain/time';

/** How many unknown codes a seller may try in a minute. */
const LIMIT = 10;
const MINUTE = 60_000;

/**
 * Keeps sellers from guessing licence codes: after ten unknown ones within a minute nothing is told them, of a
 * right one neither.
 *
 * It counts in the memory of its process, as the limit of all requests does, so that guessing never makes us
 * write. Of several API processes each allows its own ten: among 2^160 codes that makes no difference, and it
 * is what bounds the noise.
 */
export class UnknownLicenses {
  /** Of each seller the moments of its newest unknown codes, oldest first, at most as many as are allowed. */
  private readonly newest = new Map<string, number[]>();

  /** @param clock epoch milliseconds */
  constructor(private readonly clock: () => number = Date.now) {}

  /** Throws `TOO_MANY_UNKNOWN_LICENSES` while the seller is limited. */
  refuseLimited(sellerId: string): void {
    const moments = this.newest.get(sellerId) ?? [];
    const freeAt = moments.length < LIMIT ? 0 : (moments[0] ?? 0) + MINUTE;
    if (this.clock() < freeAt)
      throw new StewardError('TOO_MANY_UNKNOWN_LICENSES', { at: formatTime(freeAt) });
  }

  /** Counts one. */
  count(sellerId: string): void {
    const moments = [...(this.newest.get(sellerId) ?? []), this.clock()];
    this.newest.set(sellerId, moments.slice(-LIMIT));
  }
}
