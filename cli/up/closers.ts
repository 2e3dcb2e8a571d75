/** What has been started, to be stopped in the opposite order. */
export class Closers {
  private readonly stack: { what: string; close: () => Promise<unknown> }[] = [];

  add(what: string, close: () => Promise<unknown>): void {
    this.stack.push({ what, close });
  }

  /** Stops all of it; one that fails does not keep the others running. */
  async closeAll(failed: (what: string, error: unknown) => void): Promise<void> {
    for (let one = this.stack.pop(); one; one = this.stack.pop()) {
      await one.close().catch((error: unknown) => failed(one?.what ?? '', error));
    }
  }
}
