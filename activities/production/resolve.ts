import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** Finds all addresses of a host name; `signal` may end the search, which then rejects. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<LookupAddress[]>;

/** A name server that is silent for so long gives no answer any more: a seller call has five seconds in all. */
const SILENCE_MS = 1_500;

/**
 * The system's resolver, which also knows /etc/hosts. It occupies one of Node's few threads and cannot be
 * ended, so it is only for names that the operator chose.
 */
export const bySystem: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Asks name servers for IPv4 and IPv6 addresses, without a thread: however long a seller's name server
 * keeps silent, other sellers' names are found.
 *
 * @param servers as `address:port`; default: those of the system.
 */
export function byNameServers(servers?: readonly string[]): Resolve {
  return async (hostname, signal) => {
    const resolver = new Resolver({ timeout: SILENCE_MS, tries: 1 });
    if (servers) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const [four, six] = await Promise.allSettled([
        resolver.resolve4(hostname),
        resolver.resolve6(hostname),
      ]);
      const found = [...addresses(four, 4), ...addresses(six, 6)];
      // One family is enough: only what was found here is checked and connected to.
      if (found.length === 0 && four.status === 'rejected') throw four.reason;
      return found;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

function addresses(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}
