import { X509Certificate } from 'node:crypto';
import { isLoopback } from '../../../activities/loopback';
import { temporalProfile } from '../../../temporal.config';
import { serverCertificateEnd, validity } from '../certificate';
import type { Check } from '../check';
import { notChecked, warning, wrong } from '../finding';

const RENEW_CLIENT = 'renew the client certificate, and give it with TEMPORAL_TLS_CLIENT_CERT_PATH';
const RENEW_SERVER = "renew the Temporal server's certificate";
const CONNECT = `${RENEW_SERVER}, or name its authority with TEMPORAL_TLS_SERVER_CA_CERT_PATH`;

/** Whether the way to Temporal is encrypted, and until when its certificates are good. */
export const TEMPORAL_TLS: Check = {
  name: 'temporal TLS',
  async look({ env, now }, signal) {
    const { address = '', tls } = temporalProfile(env).connection;
    const url = new URL(`https://${address}`);
    if (!tls) {
      if (isLoopback(url.hostname)) return notChecked('the server is on this machine');
      return warning(
        `what goes to ${address} can be read on its way, ids and states of orders too`,
        'set TEMPORAL_TLS=true and the certificates that the server asks for',
      );
    }
    const { serverNameOverride, serverRootCACertificate, clientCertPair } = tls === true ? {} : tls;
    if (clientCertPair) {
      const end = Date.parse(new X509Certificate(clientCertPair.crt).validTo);
      const client = validity('the client certificate', end, now(), RENEW_CLIENT);
      if (client.state !== 'ok') return client;
    }
    const options = {
      ...(serverRootCACertificate && { ca: Buffer.from(serverRootCACertificate) }),
      ...(clientCertPair && { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }),
      ...(serverNameOverride != null && { servername: serverNameOverride }),
      ALPNProtocols: ['h2'],
    };
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    try {
      const end = await serverCertificateEnd(host, Number(url.port || 443), options, signal);
      return validity("the server's certificate", end, now(), RENEW_SERVER);
    } catch (error) {
      return wrong(`${address}: ${(error as Error).message}`, CONNECT);
    }
  },
};
