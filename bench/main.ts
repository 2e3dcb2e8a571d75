import { Closers } from '../cli/up/closers';
import { bench } from './bench';
import { readOptions } from './options';
import { report } from './report';
import { benchSettlement } from './settlement';
import { settlementReport } from './settlement/report';

/** As shells have it for Ctrl-C. */
const INTERRUPTED = 130;

async function main(): Promise<void> {
  const options = readOptions(process.argv);
  const closers = new Closers();
  const begun = performance.now();
  const tell = (what: string): void => {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    process.stderr.write(`${String(seconds).padStart(4)} s  ${what}\n`);
  };
  const stop = () =>
    closers.closeAll((what, error) => process.stderr.write(`${what} did not stop: ${String(error)}\n`));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      tell('Stopping …');
      void stop().then(() => process.exit(INTERRUPTED));
    });
  }
  try {
    const write = <Result>(result: Result, words: (result: Result) => string) =>
      process.stdout.write(`${options.json ? JSON.stringify(result, null, 2) : words(result)}\n`);
    if (options.settlement) write(await benchSettlement(options, tell, closers), settlementReport);
    else write(await bench(options, tell, closers), report);
  } finally {
    await stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
