/** What has been started, to be stopped in the opposite order. */
export class Closers {
  private readonly stack: { what: string; close: () => Promise<unknown> }[] = [];

  add(what: string, close: () => Promise<unknown>): void {
    this.stack.push({ what, close });
  }

  /** Stops all of it; one that fails does not keep the others running. */
  async closeAll(failed: (what: string, error: unknown) => void): Promise<void> {
    for (const { what, close } of this.stack.splice(0).reverse()) {
      await close().catch((error: unknown) => failed(what, error));
    }
  }
}
