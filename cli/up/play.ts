import { StewardError } from '../../domain/errors';
import type { DemoClients } from './clients';
import type { Settled } from '../settle';
import { Closers } from './closers';
import { runSamples } from './demo';
import { lookOnText, monthText } from './month-text';
import { payBills, type PaidBill } from './pay-bills';
import { closingJson, isOver, type Progress } from './progress';
import { readSamples, type Sample } from './samples';
import { createScreen } from './screen';

export interface PlayOptions {
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

/** A Steward that runs, as the demo needs it. */
export interface Playable {
  /** Tells people where things are. */
  card: string;
  clients: DemoClients;
  logFile: string;
  /** Whether somebody has told the simulated seller what to do with an order; where it is missing, nobody can. */
  isTold?: ((orderId: string) => boolean) | undefined;
  /** Resolves with a sentence when a part has ended for good. */
  broken: Promise<string>;
  /** Bills the month of the samples when they are over; where it is missing, months are as long as they are. */
  closeMonth?: ((stop: AbortSignal) => Promise<Settled[] | undefined>) | undefined;
}

/**
 * Starts a Steward, shows the sample orders live, and stops it. Goes on where an earlier run stopped or was killed,
 * and leaves no process when it ends.
 *
 * @param start starts it; what has been started is in the closers, also when a later part fails
 * @returns the exit code: 0; 1 when `exit` is set and a sample did not end as expected; `STOPPED_EARLY`, and
 *   then something may still be starting: end the process
 * @throws the coded error of whatever did not start or broke
 */
export async function play(
  options: PlayOptions,
  io: UpIo,
  start: (samples: readonly Sample[], closers: Closers) => Promise<Playable>,
): Promise<number> {
  const { stdout, stderr, signal } = io;
  const closers = new Closers();
  const samples = options.empty ? [] : await readSamples();
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  /** Whatever ends this, the samples are looked at no longer. */
  const over = new AbortController();
  let ended: readonly Progress[] | undefined;
  let settled: readonly Settled[] | undefined;
  let bills: readonly PaidBill[] | undefined;
  try {
    const local = await Promise.race([start(samples, closers), stopped]);
    if (!local) return STOPPED_EARLY;
    stdout.write(`${local.card}\n\n`);
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
      runSamples(local.clients, samples, (now) => screen.show(now), local.isTold ?? (() => false), watching),
      broken,
    ]);
    screen.done();
    if (all && samples.length > 0 && all.every(isOver)) {
      settled = (await Promise.race([local.closeMonth?.(watching), broken])) ?? undefined;
      const [{ period } = {}] = settled ?? [];
      if (settled) stdout.write(`\n${monthText(settled)}\n\n`);
      if (period) {
        const tell = (line: string) => void stdout.write(`${line}\n`);
        bills = (await Promise.race([payBills(local.clients, period, tell, watching), broken])) ?? undefined;
        stdout.write(`\n${lookOnText(period, !options.exit)}\n\n`);
      }
    }
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
  const result = closingJson(ended, settled, bills);
  stdout.write(`${JSON.stringify(result)}\n`);
  return result.ok ? 0 : 1;
}
