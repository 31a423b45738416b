/**
 * The newest frames of our log as they were sent, so that what a peer missed can be sent again bit by bit. Bounded in frames and in
 * bytes: the oldest goes first.
 */
export class ResendBuffer {
  readonly #ring: (Buffer | undefined)[];
  readonly #maxBytes: number;
  #oldest = 1;
  #highest = 0;
  #bytes = 0;

  constructor(maxFrames: number, maxBytes: number) {
    this.#ring = Array.from({ length: maxFrames });
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
    this.#highest = sequence;
    this.#bytes += frame.length;
    while (sequence - this.#oldest >= this.#ring.length || (this.#bytes > this.#maxBytes && this.#oldest < sequence))
      this.#drop();
    this.#ring[sequence % this.#ring.length] = frame;
  }

  get(sequence: number): Buffer | undefined {
    if (sequence < this.#oldest || sequence > this.#highest) return undefined;
    return this.#ring[sequence % this.#ring.length];
  }

  #drop(): void {
    const place = this.#oldest % this.#ring.length;
    this.#bytes -= this.#ring[place]?.length ?? 0;
    this.#ring[place] = undefined;
    this.#oldest++;
  }
}
