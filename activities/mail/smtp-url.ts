import { StewardError } from '../../domain/errors';
import { isLoopback } from '../loopback';

/** A mail server, in nodemailer's words. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** TLS by STARTTLS, or no mail. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

/**
 * Reads `SMTP_URL`: `smtps://user:pass@host:465` for TLS from the start, `smtp://user:pass@host:587` for
 * STARTTLS, which only a server on loopback may lack. The port may be left out; options may not be added,
 * because nodemailer would take one that turns the check of certificates off.
 *
 * @throws `CONFIG_INVALID`, without the URL: it holds a password
 */
export function smtpServer(setting: string): SmtpServer {
  if (!URL.canParse(setting)) throw invalid('is not a URL');
  const url = new URL(setting);
  const secure = url.protocol === 'smtps:';
  if (!secure && url.protocol !== 'smtp:') throw invalid('must begin with smtp:// or smtps://');
  if (!url.hostname) throw invalid('names no host');
  if (url.search || url.hash || !['', '/'].includes(url.pathname))
    throw invalid('has more than user, password, host and port');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  const server = { host, port, secure, requireTLS: !secure && !isLoopback(host) };
  if (url.username === '') return server;
  return { ...server, auth: { user: decoded(url.username), pass: decoded(url.password) } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('has a user or password with a % that stands for nothing');
  }
}

function invalid(reason: string): StewardError {
  return new StewardError('CONFIG_INVALID', { setting: 'SMTP_URL', reason });
}
