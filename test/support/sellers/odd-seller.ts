import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertificateAndKey } from '../../../sim/certificates';

/** A seller's server that does one odd thing, and counts who came how far. */
export interface OddSeller {
  server: Server;
  port: number;
  /** On `localhost`. */
  url: string;
  /** TCP connections so far, also those without a handshake. */
  connections: number;
  requests: number;
  close(): Promise<void>;
}

/** Starts a server that answers every request in one way; `tls` makes the handshake odd. */
export async function startOddSeller(
  certificate: CertificateAndKey,
  answer: RequestListener,
  {
    tls = {},
    host = '127.0.0.1',
    port: wanted = 0,
  }: { tls?: ServerOptions; host?: string; port?: number } = {},
): Promise<OddSeller> {
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem, ...tls });
  server.on('request', answer);
  // A test that fails before it closes the server is not to hang for it.
  server.listen(wanted, host).unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const seller: OddSeller = {
    server,
    port,
    url: `https://localhost:${port}/produce`,
    connections: 0,
    requests: 0,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  server.on('connection', () => (seller.connections += 1));
  server.on('request', () => (seller.requests += 1));
  return seller;
}
