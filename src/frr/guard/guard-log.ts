/** Maximum number of lines waiting for a slow or stopped reader; further ones are lost. */
const MAX_WAITING = 256;

/** Destination of the guard's log lines; rejects when they could not be written. */
export type WriteText = (text: string) => Promise<void>;

/**
 * The guard's log. Node.js' own stream writes to files and terminals synchronously: on a stalled disk, or after Ctrl-S,
 * a line would block the guard before it has withdrawn. Here one write at a time is in progress beside the event loop,
 * and what cannot be written is lost.
 */
export class GuardLog {
  readonly #write: WriteText;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;

  constructor(write: WriteText) {
    this.#write = write;
  }

  /** @param line without its newline */
  add(line: string): void {
    if (this.#waiting.length >= MAX_WAITING) return;
    this.#waiting.push(`${line}\n`);
    this.#start();
  }

  /** Whether everything is written or lost. */
  get isIdle(): boolean {
    return this.#writing === undefined;
  }

  /** Resolves when everything is written or lost; that may be never. */
  async flushed(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #start(): void {
    if (this.#writing !== undefined || this.#waiting.length === 0) return;
    const text = this.#waiting.join('');
    this.#waiting = [];
    // Nobody can be informed of a failure: the log is where the guard would report it.
    this.#writing = this.#write(text)
      .catch(() => undefined)
      .finally(() => {
        this.#writing = undefined;
        this.#start();
      });
  }
}
