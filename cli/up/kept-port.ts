import { readFile, writeFile } from 'node:fs/promises';

/**
 * Starts a simulated party where it listened before, so that what points there is true from the first moment of a later
 * start: orders go on before anybody has told Steward of another address. Where that port is taken now, on any.
 *
 * @param file remembers the port
 */
export async function onKeptPort<Party extends { url: string }>(
  file: string,
  start: (port: number) => Promise<Party>,
): Promise<Party> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '')) || 0;
  const party = await start(kept).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return start(0);
  });
  await writeFile(file, new URL(party.url).port);
  return party;
}
