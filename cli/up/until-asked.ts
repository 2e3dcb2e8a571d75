import { STOPPED_EARLY, type UpIo } from './play';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs the whole work of this process, which ends in order when it is asked to. Sets the process's exit code. */
export async function untilAsked(work: (io: UpIo) => Promise<number>): Promise<void> {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // Who presses Ctrl-C twice does not want to wait; the servers end with this process.
    if (stop.signal.aborted && name === 'SIGINT') process.exit(STOPPED_EARLY);
    stop.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const { env, stdout, stderr } = process;
  const code = await work({ env, stdout, stderr, signal: stop.signal });
  if (code === STOPPED_EARLY) process.exit(code);
  for (const name of SIGNALS) process.off(name, onSignal);
  process.exitCode = code;
}
