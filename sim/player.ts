/** Hands out the steps of one script, one after the other; the last one is repeated. */
export function player<Step>(script: readonly [Step, ...Step[]]): () => Step {
  let n = 0;
  return () => script[n++] ?? (script.at(-1) as Step);
}
