import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { errorMessage } from '../../domain/errors';
import type { PlatformActivities } from '../contracts';
import type { PlatformAccess } from './ports';
import { platformUrl } from './platform-url';
import { createSender } from './send';

export interface PlatformDeps {
  platform: PlatformAccess;
  /** Milliseconds for one request in all; default 10 s. */
  timeout?: number;
  /**
   * Milliseconds after which no further event is begun; default 4 s, so that a slow platform still takes
   * some in each attempt of 15 s.
   */
  enough?: number;
}

/** The activities towards the platform (design §5). Throws `CONFIG_INVALID` for an unsafe `PLATFORM_URL`. */
export function createPlatformActivities({
  platform,
  timeout = 10_000,
  enough = 4_000,
}: PlatformDeps): PlatformActivities {
  const send = createSender({ ...platform, url: platformUrl(platform.url) }, timeout);
  return {
    async refund(request) {
      const { refundId } = request;
      const answer = await send('/refunds', refundId, request);
      if (answer.taken) return;
      const message = errorMessage('REFUND_REFUSED', { refundId, reason: answer.reason });
      throw ApplicationFailure.nonRetryable(message, 'REFUND_REFUSED');
    },

    async deliverEvents({ events }) {
      const refused: { id: string; reason: string }[] = [];
      const until = Date.now() + enough;
      let done = 0;
      for (const event of events) {
        const answer = await send('/events', event.id, event);
        done += 1;
        if (!answer.taken) {
          log.warn('The platform refused an event', { eventId: event.id, reason: answer.reason });
          refused.push({ id: event.id, reason: answer.reason });
        }
        if (Date.now() > until) break;
      }
      return { done, refused };
    },
  };
}
