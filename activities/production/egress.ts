import type { LookupAddress } from 'node:dns';
import { Client, type Dispatcher } from 'undici';
import { errorCode } from './connect-failure';
import { allowedHosts, trust } from './egress-settings';
import { SellerCallError } from './exceptions';
import { parseProductionUrl } from './production-url';
import { isPublicAddress } from './public-address';
import { readAnswer } from './read-answer';
import { byNameServers, bySystem, type Resolve } from './resolve';
import { SellerConnection } from './seller-connection';

export interface EgressOptions {
  /** Hosts as `host:port` that may have non-public addresses (STEWARD_EGRESS_ALLOW); default none. */
  allow?: readonly string[];
  /**
   * PEM certificates of further authorities (the content of STEWARD_EGRESS_CA), trusted beside those that
   * Node brings; what NODE_EXTRA_CA_CERTS names counts only without this.
   */
  ca?: string;
  /** For hosts that are not in `allow`, as `address:port`. Default: the system's. Tests play odd ones. */
  nameServers?: readonly string[];
  /** For all hosts. Default: the system's resolver for those in `allow`, name servers for the others. */
  resolve?: Resolve;
}

export interface EgressRequest {
  /** The production URL; a query that it has is kept. */
  url: string;
  /** Added to the query, in this order; default nothing. */
  query?: Record<string, string>;
  body: string;
  /**
   * What the body is; default `json`. Who takes a form may declare its JSON answer as anything: Kuaidi100 says
   * text/html.
   */
  sends?: keyof typeof CONTENT_TYPES;
  /** Ends the request at any point; see `withDeadline`. A `TimeoutError` is told as a `SellerCallError`. */
  signal: AbortSignal;
}

const CONTENT_TYPES = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
} as const;

/** The only way from Steward to a seller, and to whoever knows parcels. */
export interface Egress {
  /** POSTs and gives the JSON of an HTTP 200; in every other case it rejects with a `SellerCallError`. */
  post(request: EgressRequest): Promise<unknown>;
}

/**
 * The guarded way out (design §6): https to a domain name, every address checked and pinned, TLS 1.2 or
 * newer with a trusted certificate, one connection for one request, no redirects, and an answer bounded in
 * size and kind. Throws `CONFIG_INVALID` when a setting cannot be used.
 */
export function createEgress({ allow = [], ca, nameServers, resolve }: EgressOptions = {}): Egress {
  const allowed = allowedHosts(allow);
  const secureContext = trust(ca);
  const ask = byNameServers(nameServers);

  return {
    async post({ url: text, query, body, sends = 'json', signal }) {
      const url = parseProductionUrl(text);
      if (query) url.search += `${url.search === '' ? '?' : '&'}${new URLSearchParams(query).toString()}`;
      const mayBePrivate = allowed.has(`${url.hostname}:${url.port || '443'}`);
      const addresses = async (hostname: string) => {
        const found = await (resolve ?? (mayBePrivate ? bySystem : ask))(hostname, signal).catch(
          (error: unknown) => {
            signal.throwIfAborted();
            throw new SellerCallError('NAME_NOT_FOUND', `${hostname} ${errorCode(error)}`);
          },
        );
        return checked(found, hostname, mayBePrivate);
      };
      const connection = new SellerConnection({ addresses, secureContext, signal });
      const client = new Client(url.origin, {
        connect: connection.connect,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      let answer: Dispatcher.ResponseData | undefined;
      try {
        answer = await client.request({
          method: 'POST',
          path: url.pathname + url.search,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            'content-type': CONTENT_TYPES[sends],
          },
          body,
          signal,
        });
        return await readAnswer(answer, sends === 'form');
      } catch (error) {
        throw connection.explain(error, answer?.statusCode);
      } finally {
        await client.destroy();
      }
    },
  };
}

/** One address that is not public spoils the whole name: which one is tried would be the seller's choice. */
function checked(addresses: LookupAddress[], hostname: string, mayBePrivate: boolean): LookupAddress[] {
  if (addresses.length === 0) throw new SellerCallError('NAME_NOT_FOUND', hostname);
  if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new SellerCallError('ADDRESS_NOT_PUBLIC', hostname);
  }
  return addresses;
}
