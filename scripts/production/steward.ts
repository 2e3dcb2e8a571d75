import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../../workers/servers/launch';
import type { Supervised } from '../../workers/servers/supervised';

const BIN = join(__dirname, '../../bin/steward.cjs');
/** How long a process may take to stop: more than the grace of a worker, as in `deploy/kubernetes/`. */
const STOP_MS = 30_000;
/** How long it may take to start on a busy machine. */
const START_MS = 90_000;
/** Each process says so in its log. */
const STARTED = { worker: 'worker started', api: 'API started' };

export interface StewardOptions {
  /** As named to people: `Worker 1`. */
  name: string;
  command: keyof typeof STARTED;
  args?: readonly string[];
  /** Its settings; secrets are seen by nobody else there. */
  env: NodeJS.ProcessEnv;
  /** Its log is appended to this file. */
  logFile: string;
}

/** Starts `steward worker` or `steward api` in a process of its own. Rejects with SERVER_FAILED and its last words. */
export async function startSteward(options: StewardOptions): Promise<Supervised> {
  const { name, command, args = [], env, logFile } = options;
  const begin = existsSync(logFile) ? statSync(logFile).size : 0;
  return await launch({
    server: name,
    executable: process.execPath,
    args: [BIN, command, ...args],
    env,
    graceMs: STOP_MS,
    logFile,
    answers: (ended) => untilSays(STARTED[command], logFile, begin, ended),
  });
}

async function untilSays(
  words: string,
  logFile: string,
  begin: number,
  ended: Promise<unknown>,
): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  for (const deadline = Date.now() + START_MS; ; await sleep(100)) {
    if (readFileSync(logFile).subarray(begin).includes(words)) return;
    if (over.signal.aborted) throw new Error('it ended while starting');
    if (Date.now() > deadline) throw new Error(`it did not say "${words}" for ${START_MS / 1000} s`);
  }
}
