import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { connect, type SecureContext } from 'node:tls';
import { errors, type buildConnector } from 'undici';
import { connectFailure, errorCode } from './connect-failure';
import { SellerCallError } from './exceptions';

type Addresses = (hostname: string) => Promise<LookupAddress[]>;

interface ConnectionOptions {
  /** Gives the addresses that may be connected to, or rejects with a `SellerCallError`. */
  addresses: Addresses;
  secureContext: SecureContext;
  signal: AbortSignal;
}

/**
 * The connection of one request, as undici's connector, with a memory of how far it came: that decides
 * whether a failed request may have taken effect at the seller.
 */
export class SellerConnection {
  private reached: 'nothing' | 'server' | 'secured' = 'nothing';

  constructor(private readonly options: ConnectionOptions) {}

  readonly connect: buildConnector.connector = ({ hostname, port }, callback) => {
    const { addresses, secureContext, signal } = this.options;
    const socket = connect({
      host: hostname,
      servername: hostname,
      port: Number(port || 443),
      secureContext,
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
      lookup: pinned(addresses),
    });
    signal.addEventListener('abort', () => socket.destroy(signal.reason as Error), { once: true });
    socket.once('connect', () => (this.reached = 'server'));
    socket.once('secureConnect', () => {
      this.reached = 'secured';
      callback(null, socket);
    });
    socket.on('error', (error: Error) => {
      if (this.reached !== 'secured') callback(error, null);
    });
  };

  /** What to throw for an error of the request: a `SellerCallError`, or why the signal was aborted otherwise. */
  explain(error: unknown, httpStatus: number | undefined): unknown {
    if (error instanceof SellerCallError) return error;
    const seen = httpStatus === undefined ? {} : { httpStatus };
    const sent = this.reached === 'secured';
    const { signal } = this.options;
    if (signal.aborted) {
      const reason = signal.reason as Error;
      if (reason.name !== 'TimeoutError') return reason;
      return new SellerCallError(sent ? 'TIMED_OUT' : 'CONNECTION_TIMED_OUT', '', seen);
    }
    if (!sent) return new SellerCallError(connectFailure(error, this.reached === 'server'), errorCode(error));
    const unreadable =
      error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
    return new SellerCallError(unreadable ? 'ANSWER_NOT_HTTP' : 'CONNECTION_LOST', errorCode(error), seen);
  }
}

/** Node connects to what this gives and to nothing else, so a name cannot change its address in between. */
function pinned(addresses: Addresses): LookupFunction {
  return (hostname, { all }, found) => {
    addresses(hostname).then(
      (list) => (all ? found(null, list) : found(null, list[0]?.address ?? '', list[0]?.family)),
      (error: unknown) => found(error as Error, ''),
    );
  };
}
