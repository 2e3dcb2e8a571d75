const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves with the signal when a person or the system asks this process to stop; asking twice kills it. */
export function stopAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const asked = (signal: NodeJS.Signals): void => {
      // The next one finds no listener, so it has its default effect.
      for (const name of SIGNALS) process.off(name, asked);
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, asked);
  });
}
