import { CHINA, missingYear } from '../../activities/calendar';
import { StewardError } from '../../domain/errors';
import { calendarWarning } from '../../workers/calendar-watch';
import { card } from './card';
import { Closers } from './closers';
import { runSamples } from './demo';
import { closingJson, type Progress } from './progress';
import { readSamples } from './samples';
import { createScreen } from './screen';
import { startAll, type Local, type StartOptions } from './start';

export interface UpOptions extends StartOptions {
  /** End when all samples have ended. */
  exit: boolean;
  /** Place no samples. */
  empty: boolean;
}

/** The terminal of `steward up`, and the wish to stop. */
export interface UpIo {
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Aborted when a person or the system asks to stop. */
  signal: AbortSignal;
}

/** The exit code of whoever is stopped while still starting, as shells have it for Ctrl-C. */
export const STOPPED_EARLY = 130;

/**
 * Everything on one machine, with the sample orders shown live. Goes on where an earlier run stopped or
 * was killed, and leaves no process when it ends.
 *
 * @returns the exit code: 0; 1 when `exit` is set and a sample did not end as expected; `STOPPED_EARLY`, and
 *   then something may still be starting: end the process
 * @throws the coded error of whatever did not start or broke
 */
export async function up(options: UpOptions, io: UpIo): Promise<number> {
  const { stdout, stderr, signal } = io;
  const closers = new Closers();
  const samples = options.empty ? [] : await readSamples();
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  /** Whatever ends this, the samples are looked at no longer. */
  const over = new AbortController();
  let ended: readonly Progress[] | undefined;
  try {
    const local = await Promise.race([startAll(options, io.env, samples, closers), stopped]);
    if (!local) return STOPPED_EARLY;
    stdout.write(`${cardOf(local, samples[2]?.order.orderId)}\n\n`);
    const broken = local.broken.then((reason) => {
      if (signal.aborted) return;
      throw new StewardError('SERVER_FAILED', {
        server: 'Steward',
        reason: `${reason}; see ${local.logFile}`,
      });
    });

    const screen = createScreen(stdout);
    const watching = AbortSignal.any([signal, over.signal]);
    const all = await Promise.race([
      runSamples(local.clients, samples, (now) => screen.show(now), watching),
      broken,
    ]);
    screen.done();
    if (options.exit && all) ended = all;
    else {
      if (!signal.aborted) stderr.write('Steward stays up; Ctrl-C stops it.\n');
      await Promise.race([stopped, broken]);
    }
  } finally {
    over.abort();
    stderr.write('Stopping …\n');
    await closers.closeAll((what, error) => stderr.write(`${what} did not stop: ${String(error)}\n`));
  }
  if (!ended) return 0;
  const result = closingJson(ended);
  stdout.write(`${JSON.stringify(result)}\n`);
  return result.ok ? 0 : 1;
}

function cardOf(
  { apiUrl, uiUrl, mailUrl, stateFolder, logFile, tokens }: Local,
  orderId = 'ORDER_ID',
): string {
  const missing = missingYear(CHINA, Date.now());
  const places = {
    API: `${apiUrl} (OpenAPI at ${apiUrl}/docs)`,
    'Temporal UI': uiUrl ?? 'of the server that TEMPORAL_ADDRESS names',
    Mails: mailUrl ?? 'sent by the server that SMTP_URL names',
    State: `${stateFolder} (log: ${logFile})`,
    ...(missing !== null && { Warning: calendarWarning(missing) }),
  };
  const example = `curl -s -H "Authorization: Bearer ${tokens.operator}" ${apiUrl}/v1/orders/${orderId}`;
  return card(places, tokens, example);
}
