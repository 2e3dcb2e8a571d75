import type { World } from './world';

/** A request of a party, under the same `Idempotency-Key` each time that it is sent. */
export type Step = () => Promise<unknown>;

/** What a kill hits. */
export interface Kill {
  /** Answered just before. */
  answered: Step[];
  /** Under way. */
  cutOff: Step[];
  /** Kills when this is so; default: when Temporal, which stands still, can have answered nothing. */
  when?: () => Promise<unknown>;
}

/** Kills Steward amid these steps, starts it again, and sends the steps again, twice. */
export async function killAmid(world: World, { answered, cutOff, when }: Kill): Promise<void> {
  const first = await Promise.all(answered.map((send) => send()));
  if (!when) process.kill(world.server.pid, 'SIGSTOP');
  const lost = cutOff.map((send) => send().catch((error: unknown) => error));
  // Steward reads in turn: when it answers this one, it has begun with those before.
  if (when) await when();
  else await fetch(`${world.home.apiUrl}/healthz`);
  await world.killSteward();
  const answers = await Promise.all(lost);
  process.kill(world.server.pid, 'SIGCONT');
  if (!when) {
    expect(answers).toMatchObject(cutOff.map(() => ({ code: 'UNREACHABLE' })));
  }
  await world.startSteward();

  expect(await Promise.all(answered.map((send) => send()))).toEqual(first);
  const second = await Promise.all(cutOff.map((send) => send()));
  expect(await Promise.all(cutOff.map((send) => send()))).toEqual(second);
}
