import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Question, SubjectSetup, Usage, Word } from './subject-messages';

/** How long a process may take to stop in order, in ms, before it is killed. */
const STOP_MS = 15_000;

interface Asker {
  resolve: (usage: Usage) => void;
  reject: (error: Error) => void;
}

/** A process under test, as the benchmark sees it. */
export class SubjectProcess {
  private questions = 0;
  private readonly waiting = new Map<number, Asker>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly up: Promise<string | null>,
  ) {
    child.on('message', (word: Word) => {
      if (word.is === 'answer') this.waiting.get(word.id)?.resolve(word.usage);
    });
    child.on('exit', () => {
      for (const { reject } of this.waiting.values())
        reject(new Error('A process of the benchmark has ended'));
    });
  }

  /** Resolves when it is up. Rejects with its own words when it cannot start. */
  static async start(
    setup: SubjectSetup,
    env: NodeJS.ProcessEnv,
    execArgv: string[] = [],
  ): Promise<SubjectProcess> {
    const child = fork(join(__dirname, 'subject.ts'), {
      execArgv: ['--import', 'tsx', ...execArgv],
      env: { ...env, STEWARD_BENCH_SUBJECT: JSON.stringify(setup) },
      // Of its own: Ctrl-C is for the benchmark, which stops it in order.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const up = new Promise<string | null>((resolve, reject) => {
      child.on('message', (word: Word) => {
        if (word.is === 'up') resolve(word.apiUrl);
        if (word.is === 'failed') reject(new Error(`A process of the benchmark failed: ${word.why}`));
      });
      child.on('exit', (code, signal) => {
        reject(new Error(`A process of the benchmark ended (${signal ?? code}) before it was up`));
      });
    });
    const subject = new SubjectProcess(child, up);
    await up;
    return subject;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Of its API; rejects when it has none. */
  async apiUrl(): Promise<string> {
    const url = await this.up;
    if (url === null) throw new Error('This process serves no API');
    return url;
  }

  /** Asks it something; all answers tell what it has used. */
  ask(question: Question): Promise<Usage> {
    this.questions += 1;
    const id = this.questions;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, question });
    });
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    this.child.send({ id: 0, question: { ask: 'stop' } satisfies Question });
    await gone;
    clearTimeout(late);
  }
}
