/** Maximum number of connections that have not proven yet who they are, of one source and of all. */
const MAX_PER_SOURCE = 8;
const MAX_OF_ALL = 128;

/**
 * Limits connections that have not proven yet that they are a node's: one host that opens many, or some thousand hosts,
 * must neither keep the nodes out nor occupy the main loop with handshakes.
 */
export class StrangerLimit {
  readonly #ofSource = new Map<string, number>();
  #all = 0;

  /** @returns to be called when it has proven who it is, or has ended; undefined: there are too many */
  admit(source: string): (() => void) | undefined {
    const others = this.#ofSource.get(source) ?? 0;
    if (others >= MAX_PER_SOURCE || this.#all >= MAX_OF_ALL) return undefined;
    this.#ofSource.set(source, others + 1);
    this.#all += 1;
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      this.#all -= 1;
      const left = (this.#ofSource.get(source) ?? 1) - 1;
      if (left === 0) this.#ofSource.delete(source);
      else this.#ofSource.set(source, left);
    };
  }
}
