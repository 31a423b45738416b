import { type Clock, within } from '../../replication/clock.ts';

/** Destination of lines. Rejects when they could not be written. */
export type WriteLines = (text: string) => Promise<void>;

export interface LineWriterOptions {
  readonly write: WriteLines;
  readonly clock: Clock;
  /** Maximum number of queued characters; further lines are lost and counted. */
  readonly maxWaiting: number;
  /** Called when writing begins to fail, with the reason; and with undefined when it works again. */
  readonly onChange: (failure: string | undefined) => void;
}

/** Pause after a failed write, so that a full disk costs one call per second instead of one per line. */
const RETRY_MS = 1000;

/**
 * Lines for a destination that may be slow, full or gone: a bounded buffer, one write at a time, and a count of lost
 * lines. Never blocks or throws.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  #waiting: string[] = [];
  #length = 0;
  #writing: Promise<void> | undefined;
  #cancelRetry: (() => void) | undefined;
  #failing = false;
  /** Lines not written: the buffer was full, or the write failed. */
  lost = 0;

  constructor(options: LineWriterOptions) {
    this.#options = options;
  }

  /** @param line including its newline */
  add(line: string): void {
    if (this.#length + line.length > this.#options.maxWaiting) {
      this.lost += 1;
      return;
    }
    this.#waiting.push(line);
    this.#length += line.length;
    if (this.#cancelRetry === undefined) this.#start();
  }

  /**
   * Writes the queue, also after a failure. Resolves when that has succeeded or failed, or after `limitMs`; then a
   * write may still be in progress.
   */
  async flush(limitMs: number): Promise<void> {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#start();
    await within(this.#options.clock, limitMs, this.#idle());
  }

  async #idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #start(): void {
    if (this.#writing !== undefined || this.#waiting.length === 0) return;
    const lines = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    this.#writing = this.#options.write(lines.join('')).then(
      () => this.#written(),
      (error: unknown) => this.#failed(lines.length, error),
    );
  }

  #written(): void {
    this.#writing = undefined;
    if (this.#failing) {
      this.#failing = false;
      this.#options.onChange(undefined);
    }
    this.#start();
  }

  #failed(lines: number, error: unknown): void {
    this.#writing = undefined;
    this.lost += lines;
    this.#cancelRetry = this.#options.clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#start();
    });
    if (this.#failing) return;
    this.#failing = true;
    this.#options.onChange(error instanceof Error ? error.message : String(error));
  }
}
