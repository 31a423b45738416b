/** Frames that are sent again within this time are not sent a third time: the question and the answer have crossed. */
const AGAIN_MS = 20;

/**
 * The newest frames of our log, sealed as they were sent, so that what a peer has missed goes again bit by bit. Bounded in frames and in bytes:
 * the oldest goes first.
 *
 *     oldest ── kept ── highest        place of frame n: n modulo the number of places
 */
export class ResendBuffer {
  readonly #ring: (Buffer | undefined)[];
  /** When each frame was last sent again, ms. */
  readonly #resentMs: Float64Array;
  readonly #maxBytes: number;
  #oldest = 1;
  #highest = 0;
  #bytes = 0;

  constructor(maxFrames: number, maxBytes: number) {
    this.#ring = Array.from({ length: maxFrames });
    this.#resentMs = new Float64Array(maxFrames);
    this.#maxBytes = maxBytes;
  }

  /** Sequence of the oldest frame still here; one more than the highest when there is none. */
  get oldest(): number {
    return this.#oldest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps the next frame; sequences come without holes. */
  keep(sequence: number, frame: Buffer): void {
    const full = (): boolean =>
      sequence - this.#oldest >= this.#ring.length || this.#bytes + frame.length > this.#maxBytes;
    while (this.#oldest <= this.#highest && full()) this.#drop();
    const place = sequence % this.#ring.length;
    this.#ring[place] = frame;
    this.#resentMs[place] = Number.NEGATIVE_INFINITY;
    this.#bytes += frame.length;
    this.#highest = sequence;
  }

  get(sequence: number): Buffer | undefined {
    if (sequence < this.#oldest || sequence > this.#highest) return undefined;
    return this.#ring[sequence % this.#ring.length];
  }

  /** Whether the frame is here and was not sent again just now. */
  mayGoAgain(sequence: number, nowMs: number): boolean {
    const place = sequence % this.#ring.length;
    return this.get(sequence) !== undefined && nowMs - this.#resentMs[place] >= AGAIN_MS;
  }

  /** The frame is sent again at this moment. */
  goesAgain(sequence: number, nowMs: number): void {
    this.#resentMs[sequence % this.#ring.length] = nowMs;
  }

  /** Forgets this frame and all before it. */
  forget(upTo: number): void {
    while (this.#oldest <= Math.min(upTo, this.#highest)) this.#drop();
  }

  #drop(): void {
    const place = this.#oldest % this.#ring.length;
    this.#bytes -= this.#ring[place]?.length ?? 0;
    this.#ring[place] = undefined;
    this.#oldest += 1;
  }
}
