/** Looks all the time, as the Temporal UI does while a page is open, until told to stop. */
export function watch(look: () => Promise<unknown>): () => Promise<void> {
  let watching = true;
  const looks = (async () => {
    while (watching) await look();
  })();
  return () => {
    watching = false;
    return looks;
  };
}
