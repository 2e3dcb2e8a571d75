import { request } from 'undici';
import type { Ground } from './ground';

/** What the platform answered to a request that asks for nothing. */
export interface PlatformAnswer {
  status: number;
  /** Its `Date`, epoch milliseconds; NaN without one. */
  date: number;
}

/** Sends `HEAD` to `PLATFORM_URL`: whatever it answers, it is there. Rejects when it does not. */
export async function askPlatform(url: string, signal: AbortSignal): Promise<PlatformAnswer> {
  const { statusCode, headers, body } = await request(url, { method: 'HEAD', signal, reset: true });
  await body.dump();
  return { status: statusCode, date: Date.parse(String(headers['date'])) };
}

/** The settings' platform; undefined where `steward up` plays it. */
export function platformOf({ env, local }: Ground): string | undefined {
  const { PLATFORM_URL: url } = env;
  return local && !url ? undefined : url;
}
