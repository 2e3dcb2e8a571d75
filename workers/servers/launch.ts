import type { FileLock } from '../../db/file-lock';
import { StewardError } from '../../domain/errors';
import { untilAnswering } from './answering';
import { openOutput } from './output';
import { freePort } from './ports';
import { startSupervised, type Program, type Supervised } from './supervised';

/** What to launch, and how to know that it runs. */
export interface LaunchOptions extends Program {
  /** As named to people: `Temporal dev server`. */
  server: string;
  executable: string;
  /** Resolves when it answers; rejects at once when `ended` settles before. */
  answers: (ended: Promise<unknown>) => Promise<void>;
  /** How long it may take to stop before it is killed, in ms. Default 0: killed at once. */
  graceMs?: number;
  /** Takes its output. Default: shown only if the start fails. */
  logFile?: string | undefined;
  /** Goes to the supervisor, who holds it as long as the server runs. */
  lock?: FileLock | undefined;
}

/**
 * Starts a server and waits until it answers.
 *
 * @throws StewardError SERVER_FAILED with the server's last words.
 */
export async function launch(options: LaunchOptions): Promise<Supervised> {
  const { server, executable, answers, graceMs = 0, logFile, lock, ...program } = options;
  const output = openOutput(logFile);
  let running: Supervised | undefined;
  try {
    running = await startSupervised({
      ...program,
      command: executable,
      output: output.fd,
      graceMs,
      lockFile: lock?.file,
    });
    await lock?.handTo(running.supervisorPid);
    await answers(running.exited);
    return running;
  } catch (error) {
    await running?.stop();
    const reason = [(error as Error).message, output.tail()].filter(Boolean).join('\n');
    throw new StewardError('SERVER_FAILED', { server, reason }, { cause: error });
  } finally {
    output.close();
  }
}

/**
 * Proves that an executable works: it starts and answers.
 *
 * @param args its arguments, given the port on which it shall answer.
 * @throws StewardError SERVER_FAILED
 */
export async function probe(
  server: string,
  executable: string,
  args: (port: number) => string[],
): Promise<void> {
  const port = await freePort();
  const answers = (ended: Promise<unknown>) => untilAnswering(port, ended);
  const running = await launch({ server, executable, args: args(port), answers });
  await running.stop();
}
