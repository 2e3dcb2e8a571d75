import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SUPERVISOR = join(__dirname, 'supervisor.cjs');

/** As whom a server runs. */
export interface Owner {
  uid: number;
  gid: number;
}

/** What to run, and as whom. */
export interface Program {
  args: readonly string[];
  /** Added to the environment; here, not in `args`, is the place of secrets. Default: nothing. */
  env?: NodeJS.ProcessEnv | undefined;
  /** Working folder. Default: this process's. */
  cwd?: string | undefined;
  /** Default: the user of this process. */
  owner?: Owner | undefined;
  /** Asks it to stop. Default: SIGTERM. */
  stopSignal?: NodeJS.Signals;
}

/** What to run below a supervisor. */
export interface SupervisedOptions extends Program {
  command: string;
  /** File descriptor that takes stdout and stderr. */
  output: number;
  /** How long the server may take to stop before it is killed, in ms; 0 kills it at once. */
  graceMs: number;
  /** The supervisor removes it at the end, if it was handed to it. Default: none. */
  lockFile?: string | undefined;
}

/** A server that dies with this process, however this process dies. */
export interface Supervised {
  /** The server's own process. */
  readonly pid: number;
  /** The supervisor's process; it ends right after the server. */
  readonly supervisorPid: number;
  /** Resolves with the exit code (128 + n after signal n) when the server has ended. */
  readonly exited: Promise<number>;
  /** Stops the server and waits until it is gone. May be called again. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server below `supervisor.cjs`. It does not keep this process alive.
 *
 * @throws Error if the command cannot be executed.
 */
export async function startSupervised(options: SupervisedOptions): Promise<Supervised> {
  const { command, args, output, graceMs, lockFile, env, cwd, owner, stopSignal = 'SIGTERM' } = options;
  const about = JSON.stringify({ graceMs, stopSignal, lockFile, owner });
  const supervisor = fork(SUPERVISOR, [about, command, ...args], {
    detached: true,
    execArgv: [],
    cwd,
    env: { ...serverEnvironment(), ...env },
    stdio: ['ignore', output, output, 'ipc'],
  });
  const exited = once(supervisor, 'exit').then(([code, signal]) => {
    // The group is empty by now, unless somebody killed the supervisor and left the server behind.
    if (signal) killGroup(supervisor.pid as number);
    return (code as number | null) ?? 137;
  });
  const [told] = (await Promise.race([
    once(supervisor, 'message'),
    exited.then((code) => [{ error: `the supervisor ended with code ${code}` }]),
  ])) as [{ pid: number } | { error: string }];
  if ('error' in told) throw new Error(told.error);

  supervisor.unref();
  supervisor.channel?.unref();
  return {
    pid: told.pid,
    supervisorPid: supervisor.pid as number,
    exited,
    async stop() {
      supervisor.ref();
      if (supervisor.connected) supervisor.disconnect();
      await exited;
    },
  };
}

/** Our own settings for clients must not change how a server starts. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Already empty.
  }
}
