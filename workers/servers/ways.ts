import { StewardError } from '../../domain/errors';

/** One way to come by a server. */
export interface Way<T> {
  /** As people know it: `temporal on the PATH`. */
  readonly name: string;
  /** Tries it, which may take minutes. Throws an `Error` that says why not, and what would help. */
  readonly find: () => T | Promise<T>;
}

/** What was found, and by which way. */
export type Found<T> = T & { readonly way: string };

/**
 * Tries ways in their order and takes the first that leads to a server.
 *
 * @param server as named to people: `Temporal dev server`.
 * @throws StewardError SERVER_MISSING that lists each way with its reason.
 */
export async function firstWay<T extends object>(server: string, ways: readonly Way<T>[]): Promise<Found<T>> {
  const failures: string[] = [];
  for (const { name, find } of ways) {
    try {
      return { ...(await find()), way: name };
    } catch (error) {
      failures.push(`  - ${name}: ${(error as Error).message.trim().replaceAll('\n', '\n      ')}`);
    }
  }
  throw new StewardError('SERVER_MISSING', { server, ways: failures.join('\n') });
}
