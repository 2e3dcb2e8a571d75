import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { processesOf, untilNoneLeft } from './processes';
import { freePorts, UpProcess } from './up';

/** How people start it, as arguments of Node. */
const STEWARD_UP = ['bin/steward.cjs', 'up'];
/** What `npm start` runs. */
const NPM_START = ['scripts/start.mjs'];

/** The supervisor gives a server so long to stop, and some more for a busy machine. */
const SERVERS_GONE_MS = 20_000;

/** Several that start at once on a busy machine take turns. */
const SERVER_STARTS_MS = 90_000;

const open = new Set<UpHome>();

/** A fresh state folder with ports of its own, for as many starts of `steward up` as a test needs. */
export class UpHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'steward-up-'));
  /** The environment of every start from now on, beside `STEWARD_STATE`. */
  settings: Record<string, string> = {};
  private readonly started: UpProcess[] = [];

  private constructor(readonly ports: Awaited<ReturnType<typeof freePorts>>) {}

  static async create(): Promise<UpHome> {
    const home = new UpHome(await freePorts());
    open.add(home);
    return home;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  /** `steward up` on this folder and these ports. */
  up(...options: string[]): UpProcess {
    return this.start(STEWARD_UP, options);
  }

  /** The same as `npm start -- …`. */
  npmStart(...options: string[]): UpProcess {
    return this.start(NPM_START, options);
  }

  private start(program: readonly string[], options: string[]): UpProcess {
    const env = { ...this.settings, STEWARD_STATE: this.folder };
    const started = UpProcess.start([...program, ...this.ports.options, ...options], env);
    this.started.push(started);
    return started;
  }

  /** The pid of the Temporal dev server, as soon as there is one. */
  async untilServerStarts(): Promise<number> {
    const servers = async () =>
      (await processesOf(this.folder)).filter(({ command }) => /^\S+ server start-dev /.test(command));
    const [server] = await eventually(servers, (found) => found.length > 0, SERVER_STARTS_MS);
    return server!.pid;
  }

  /** Ends what still runs, waits for the servers, and leaves nothing behind. */
  async end(): Promise<void> {
    open.delete(this);
    for (const one of this.started) await one.destroy();
    await untilNoneLeft(this.folder, SERVERS_GONE_MS);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** For `afterAll`: whatever a test that came to no end has left running. */
export async function endAllHomes(): Promise<void> {
  for (const home of open) await home.end();
}

/** Gives a test a home; concurrent tests have no `afterEach` of their own. */
export async function atHome(test: (home: UpHome) => Promise<void>): Promise<void> {
  const home = await UpHome.create();
  try {
    await test(home);
  } finally {
    await home.end();
  }
}
