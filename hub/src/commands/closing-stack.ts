/** What has been opened, closed again in reverse order; one that fails does not keep the others open. */
export class ClosingStack {
  readonly #closers: (() => Promise<void>)[] = [];

  defer(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** @throws the first error, after everything was tried */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      await close().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }
}
