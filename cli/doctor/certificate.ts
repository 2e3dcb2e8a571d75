import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { formatTime } from '../../domain/time';
import { ok, warning, wrong, type Finding } from './finding';

const DAY = 86_400_000;
/** Renewals take people, and people take time. */
const SOON_DAYS = 30;

/**
 * Connects to a TLS server as strictly as Steward does.
 *
 * @returns until when its certificate is good, in epoch milliseconds
 * @throws the words of Node or OpenSSL, such as "certificate has expired"
 */
export async function serverCertificateEnd(
  host: string,
  port: number,
  options: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername' | 'ALPNProtocols'>,
  signal: AbortSignal,
): Promise<number> {
  const name = options.servername ?? (isIP(host) === 0 ? host : undefined);
  const socket = connect({ host, port, ...options, ...(name !== undefined && { servername: name }) });
  try {
    await once(socket, 'secureConnect', { signal });
    return Date.parse(socket.getPeerCertificate().valid_to);
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

/** Whether something is still good, and for how long. `words` begin the sentence. */
export function validity(words: string, end: number, now: number, mend: string): Finding {
  const until = formatTime(end);
  if (end <= now) return wrong(`${words} has expired, at ${until}`, mend);
  const days = Math.floor((end - now) / DAY);
  if (days < SOON_DAYS) return warning(`${words} expires in ${days} days, at ${until}`, mend);
  return ok(`${words} is good until ${until}`);
}
