import { ApplicationFailure } from '@temporalio/common';
import { Webhook } from 'standardwebhooks';
import { request, type Dispatcher } from 'undici';
import { errorMessage } from '../../domain/errors';
import type { PlatformAccess } from './ports';

/** What the platform made of it; `reason` is for people, at most some 200 characters. */
export type PlatformAnswer = { taken: true } | { taken: false; reason: string };

/** The 4xx that say "not now" rather than "not this". */
const RETRIED = new Set([408, 425, 429]);

/**
 * Sends JSON to the platform, signed as Standard Webhooks, without following redirects. The id is the same
 * in each repetition; 409 says that it was taken before.
 *
 * @param timeout milliseconds from connecting to the end of the answer
 * @throws the retryable `PLATFORM_UNAVAILABLE` when the platform gave no final answer
 */
export function createSender({ url, secret }: PlatformAccess, timeout: number) {
  const webhooks = secret.split(',').map((one) => new Webhook(one.trim()));
  return async (path: '/refunds' | '/events', id: string, content: object): Promise<PlatformAnswer> => {
    const body = JSON.stringify(content);
    const now = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhooks.map((webhook) => webhook.sign(id, now, body)).join(' '),
    };
    const signal = AbortSignal.timeout(timeout);
    const answer = await request(url + path, { method: 'POST', headers, body, signal }).catch(
      transportFailed,
    );
    const { statusCode: status } = answer;
    if ((status >= 200 && status < 300) || status === 409) {
      // The status says it all; reading on only keeps the connection usable.
      void answer.body.dump().catch(() => undefined);
      return { taken: true };
    }
    const words = await readWords(answer.body);
    const reason = words ? `HTTP ${status}: ${words}` : `HTTP ${status}`;
    if (status >= 400 && status < 500 && !RETRIED.has(status)) return { taken: false, reason };
    throw unavailable(reason);
  };
}

/** The beginning of the answer in one line. The status alone decides: an answer that breaks off is no fault. */
async function readWords(body: Dispatcher.ResponseData['body']): Promise<string> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= 1_024) break;
    }
  } catch {
    // What came so far will do.
  }
  const line = bytes.toString().replace(/[\p{C}\s]+/gu, ' ');
  return Array.from(line.trim()).slice(0, 200).join('');
}

function transportFailed(error: unknown): never {
  const { name, message } = error as Error;
  throw unavailable(name === 'TimeoutError' ? 'no answer in time' : message);
}

function unavailable(reason: string): ApplicationFailure {
  return ApplicationFailure.retryable(
    errorMessage('PLATFORM_UNAVAILABLE', { reason }),
    'PLATFORM_UNAVAILABLE',
  );
}
