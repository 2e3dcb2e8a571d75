import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

/** How often a running activity gives a sign of life, in ms; well below what `workflows/policies.ts` waits for. */
export const HEARTBEAT_EVERY = 800;

/**
 * Heartbeats of all activities, so that those of a killed worker are made again soon. One that ends before the first is
 * due, as nearly all do, costs nothing.
 */
export function heartbeat(context: Context): ActivityInterceptors {
  // What runs inside a workflow task is lost and made again with it.
  if (context.info.isLocal) return {};
  return {
    inbound: {
      async execute(input, next) {
        const beating = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY);
        try {
          return await next(input);
        } finally {
          clearInterval(beating);
        }
      },
    },
  };
}
