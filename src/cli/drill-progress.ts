interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Returns to the start of the line and erases it (ECMA-48 section 8.3.41). */
const CLEAR = '\r\u001B[K';

/**
 * Progress of a drill: a line for each step and expectation, and on a terminal a live line of the probe's current state
 * below.
 */
export class DrillProgress {
  readonly #out: Terminal;
  #open = false;

  constructor(out: Terminal) {
    this.#out = out;
  }

  line(text: string): void {
    this.end();
    this.#out.write(`${text}\n`);
  }

  /** The current gap of the worst flow, and packets lost so far; nothing without a terminal. */
  live(gapMs: number, lost: number): void {
    if (this.#out.isTTY !== true) return;
    this.#out.write(`${CLEAR}  now: gap ${gapMs} ms, ${lost} packets lost`);
    this.#open = true;
  }

  /** Removes the live line. */
  end(): void {
    if (this.#open) this.#out.write(CLEAR);
    this.#open = false;
  }
}
