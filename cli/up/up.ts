import { CHINA, missingYear } from '../../activities/calendar';
import { calendarWarning } from '../../workers/calendar-watch';
import { card } from './card';
import { play, type PlayOptions, type UpIo } from './play';
import { startAll, type Local, type StartOptions } from './start';

export interface UpOptions extends StartOptions, PlayOptions {}

/**
 * Everything on one machine, with the sample orders shown live. Goes on where an earlier run stopped or
 * was killed, and leaves no process when it ends.
 *
 * @returns as `play`
 */
export async function up(options: UpOptions, io: UpIo): Promise<number> {
  return play(options, io, async (samples, closers) => {
    const local = await startAll(options, io.env, samples, closers);
    return { ...local, card: cardOf(local, samples[2]?.order.orderId) };
  });
}

function cardOf(
  { apiUrl, uiUrl, mailUrl, sellerUrl, metricsUrl, stateFolder, logFile, tokens }: Local,
  orderId = 'ORDER_ID',
): string {
  const missing = missingYear(CHINA, Date.now());
  const places = {
    API: `${apiUrl} (OpenAPI at ${apiUrl}/docs)`,
    'Temporal UI': uiUrl ?? 'of the server that TEMPORAL_ADDRESS names',
    Mails: mailUrl ?? 'sent by the server that SMTP_URL names',
    'Simulated seller': sellerUrl,
    Metrics: metricsUrl ?? 'off: STEWARD_METRICS_LISTEN is empty',
    State: `${stateFolder} (log: ${logFile})`,
    ...(missing !== null && { Warning: calendarWarning(missing) }),
  };
  const example = `curl -s -H "Authorization: Bearer ${tokens.operator}" ${apiUrl}/v1/orders/${orderId}`;
  return card(places, tokens, example);
}
