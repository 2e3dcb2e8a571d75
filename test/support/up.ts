import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../workers/servers';

const ROOT = join(__dirname, '../..');

/** How a process ended. */
export interface UpEnded {
  /** Null after a signal. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A `steward up` in a process (and a process group) of its own, as it shows itself to a person. */
export class UpProcess {
  readonly ended: Promise<UpEnded>;
  private stdout = '';
  private stderr = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(child, 'close').then(([exitCode]) => ({
      exitCode: exitCode as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** @param env added to what finds programs and caches; nothing else comes from this process */
  static start(args: readonly string[], env: Record<string, string>): UpProcess {
    const { PATH = '', HOME = '', XDG_CACHE_HOME, STEWARD_CACHE } = process.env;
    const caches = { ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }), ...(STEWARD_CACHE && { STEWARD_CACHE }) };
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { PATH, HOME, ...caches, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return new UpProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** What stdout has as soon as it says so, with its groups; rejects when the process ends before. */
  says(words: RegExp): Promise<RegExpExecArray> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = words.exec(this.stdout);
        if (!found) return;
        child.stdout?.off('data', look);
        resolve(found);
      };
      child.stdout?.on('data', look);
      child.once('close', () =>
        reject(new Error(`It ended without ${words}:\n${this.stdout}${this.stderr}`)),
      );
      look();
    });
  }

  /** Sends a signal to this one process. */
  async signal(name: NodeJS.Signals): Promise<UpEnded> {
    this.child.kill(name);
    return this.ended;
  }

  /** Ctrl-C: the terminal sends it to all of the foreground process group. */
  async ctrlC(): Promise<UpEnded> {
    process.kill(-this.pid, 'SIGINT');
    return this.ended;
  }

  /** Ends all of it the hard way, if it still runs. Its servers end after it. */
  async destroy(): Promise<void> {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
    await this.ended;
  }
}

/** Ports that nothing uses, and the options that give them to `steward up`. */
export async function freePorts(): Promise<{
  api: number;
  temporal: number;
  ui: number;
  options: string[];
}> {
  const [api, temporal, ui] = await Promise.all([freePort(), freePort(), freePort()]);
  const options = [
    ...['--api-port', String(api)],
    ...['--temporal-port', String(temporal)],
    ...['--ui-port', String(ui)],
  ];
  return { api, temporal, ui, options };
}
