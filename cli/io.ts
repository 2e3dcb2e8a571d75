/** All that the program touches of its process; `process` itself fits, tests bring their own. */
export interface Io {
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Buffer | string>;
  /** Results. */
  stdout: Writer;
  /** Errors, hints and progress. */
  stderr: Writer;
  /** Left unset for success. */
  exitCode?: number | string | null | undefined;
}

interface Writer {
  write(text: string): unknown;
}
