import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Script, Step } from './steps';

interface State {
  /** How many questions were answered, by tracking number. */
  asked: Record<string, number>;
  /** Since when something is so, by tracking number and step; epoch milliseconds. */
  since: Record<string, number>;
}

/**
 * What the carrier knows of parcels: how far each script went, and since when what it says is so. With a file it is
 * written before each answer, so that a carrier that is killed goes on where it stopped.
 */
export class Parcels {
  private state: State;
  private readonly scripts = new Map<string, Script>();

  constructor(
    scripts: Readonly<Record<string, Script>>,
    private readonly others: Script,
    private readonly file: string | undefined,
  ) {
    for (const [number, script] of Object.entries(scripts)) this.scripts.set(number, script);
    const saved = file !== undefined && existsSync(file);
    this.state = saved ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { asked: {}, since: {} };
  }

  /** From now on this is said of a parcel, from the first step. */
  script(number: string, script: Script): void {
    this.scripts.set(number, script);
    this.state = {
      asked: without(this.state.asked, (key) => key === number),
      since: without(this.state.since, (key) => key.startsWith(`${number}/`)),
    };
  }

  /** The step for this question, which is then done, and since when what it says is so. */
  ask(number: string): { step: Step; since: number } {
    const script = this.scripts.get(number) ?? this.others;
    const n = this.state.asked[number] ?? 0;
    this.state.asked[number] = n + 1;
    const step = script[n] ?? script.at(-1) ?? 'unknown';
    const given = /^[a-z-]+:(.+)$/.exec(step)?.[1];
    const since = (this.state.since[`${number}/${step}`] ??=
      given === undefined ? Date.now() : Date.parse(given));
    this.save();
    return { step, since };
  }

  private save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state));
    renameSync(`${this.file}.new`, this.file);
  }
}

function without(all: Record<string, number>, gone: (key: string) => boolean): Record<string, number> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !gone(key)));
}
