import { StewardError } from '../../domain/errors';
import type { Environment } from '../keys';

/** Where a listener takes connections. */
export interface ListenAddress {
  host: string;
  /** 0: any free one. */
  port: number;
}

/** The setting, for those who have to tell people of it. */
export const METRICS_LISTEN = 'STEWARD_METRICS_LISTEN';

/**
 * Reads `STEWARD_METRICS_LISTEN`, `host:port` or `[IPv6]:port`; undefined when it is not set, and then nothing is
 * measured. There is no default: whoever opens it decides who reaches it, as it asks for no token.
 *
 * @throws `CONFIG_INVALID`
 */
export function metricsListen(env: Environment): ListenAddress | undefined {
  const text = env[METRICS_LISTEN];
  if (!text) return undefined;
  const [, ipv6, host = ipv6, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (host !== undefined && port <= 65_535) return { host, port };
  const reason = `"${text}" is not host:port, for example 127.0.0.1:9464 or 0.0.0.0:9464`;
  throw new StewardError('CONFIG_INVALID', { setting: METRICS_LISTEN, reason });
}
