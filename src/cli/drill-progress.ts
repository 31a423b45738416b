/** Where progress is written. */
interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Back to the start of the line, and what stood there is erased (ECMA-48 section 8.3.41). */
const CLEAR = '\r\u001B[K';

/** Progress of a drill: a line for each step and expectation, and on a terminal below them what the probe meets now. */
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

  /** The present gap of the worst flow, and packets lost so far; nothing without a terminal. */
  live(gapMs: number, lost: number): void {
    if (this.#out.isTTY !== true) return;
    this.#out.write(`${CLEAR}  now: gap ${gapMs} ms, ${lost} packets lost`);
    this.#open = true;
  }

  /** The line of the present goes. */
  end(): void {
    if (this.#open) this.#out.write(CLEAR);
    this.#open = false;
  }
}
