const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Resolves with the signal when a person or the system asks this process to stop; asking twice kills it.
 *
 * @param over aborted when nobody waits for it any more: signals have their default effect again
 */
export function stopAsked(over?: AbortSignal): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const forget = (): void => {
      for (const name of SIGNALS) process.off(name, asked);
    };
    const asked = (signal: NodeJS.Signals): void => {
      // The next one finds no listener, so it has its default effect.
      forget();
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, asked);
    over?.addEventListener('abort', forget);
  });
}
