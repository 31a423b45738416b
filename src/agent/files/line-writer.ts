import { type Clock, within } from '../../replication/clock.ts';

/** Where lines go. Rejects when they could not be written. */
export type WriteLines = (text: string) => Promise<void>;

export interface LineWriterOptions {
  readonly write: WriteLines;
  readonly clock: Clock;
  /** Characters that wait while the writer is slower than the lines come; further lines are lost and counted. */
  readonly maxWaiting: number;
  /** Called when writing begins to fail, with the reason; and with undefined when it works again. */
  readonly onChange: (failure: string | undefined) => void;
}

/** After a failed write, until the next one: a full disk costs a call each second, and not one for each line. */
const RETRY_MS = 1000;

/**
 * Lines on their way to something that may be slow, full or gone: a bounded buffer, one write at a time, and a count of
 * what was lost. Nothing here waits, throws, or runs on the caller's time.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  #waiting: string[] = [];
  #length = 0;
  #writing: Promise<void> | undefined;
  #cancelRetry: (() => void) | undefined;
  #failing = false;
  /** Lines that were not written: the buffer was full, or the write failed. */
  lost = 0;

  constructor(options: LineWriterOptions) {
    this.#options = options;
  }

  /** @param line with its newline */
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
   * Writes what waits, also after a failure. Returns when that has succeeded or failed, or after `limitMs`: then lines
   * may still be on their way.
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
