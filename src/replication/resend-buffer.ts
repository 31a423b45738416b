/** Frames that are sent again within this time are not sent a third time: the question and the answer have crossed. */
const AGAIN_MS = 20;

/**
 * The newest frames of our log, sealed as they were sent, so that what a peer has missed goes again bit by bit. They lie one after the other in a ring of
 * bytes, where they are made, too; bounded in frames and in bytes: the oldest goes first.
 *
 *     bytes   │ newest ┤ free ├ oldest ── kept ── … │ unused: the next frame had no room │
 *     numbers   oldest ── kept ── highest             place of frame n: n modulo the number of places
 */
export class ResendBuffer {
  readonly #arena: Buffer;
  readonly #frames: (Buffer | undefined)[];
  /** Where each frame begins in the arena. */
  readonly #starts: Int32Array;
  /** When each frame was last sent again, ms. */
  readonly #resentMs: Float64Array;
  #oldest = 1;
  #highest = 0;
  #bytes = 0;
  /** Where the next frame goes in the arena. */
  #at = 0;

  constructor(maxFrames: number, maxBytes: number) {
    this.#frames = Array.from({ length: maxFrames });
    this.#starts = new Int32Array(maxFrames);
    this.#resentMs = new Float64Array(maxFrames);
    // The kernel gives this memory when it is first written.
    this.#arena = Buffer.from(new ArrayBuffer(maxBytes));
  }

  /** Sequence of the oldest frame still here; one more than the highest when there is none. */
  get oldest(): number {
    return this.#oldest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Room to make the next frame in; the oldest frames give way. What is in it is there until many more frames have been made.
   * @throws RangeError when it is more than the whole buffer
   */
  reserve(bytes: number): Buffer {
    const end = this.#arena.length;
    if (bytes > end) throw new RangeError(`a frame of ${bytes} bytes, and room for ${end}`);
    if (this.#at + bytes > end) {
      while (this.#startOfOldest() >= this.#at) this.#drop();
      this.#at = 0;
    }
    const until = this.#at + bytes;
    for (let start = this.#startOfOldest(); start >= this.#at && start < until; start = this.#startOfOldest()) {
      this.#drop();
    }
    return this.#arena.subarray(this.#at, until);
  }

  /** Keeps what was made in the room that `reserve` has just given; sequences come without holes. */
  keep(sequence: number, frame: Buffer): void {
    const places = this.#frames.length;
    if (this.#highest - this.#oldest + 1 === places) this.#drop();
    const place = sequence % places;
    this.#frames[place] = frame;
    this.#starts[place] = this.#at;
    this.#resentMs[place] = Number.NEGATIVE_INFINITY;
    this.#at += frame.length;
    this.#bytes += frame.length;
    this.#highest = sequence;
  }

  get(sequence: number): Buffer | undefined {
    if (sequence < this.#oldest || sequence > this.#highest) return undefined;
    return this.#frames[sequence % this.#frames.length];
  }

  /** Whether the frame is here and was not sent again just now. */
  mayGoAgain(sequence: number, nowMs: number): boolean {
    const place = sequence % this.#frames.length;
    return this.get(sequence) !== undefined && nowMs - this.#resentMs[place] >= AGAIN_MS;
  }

  /** The frame is sent again at this moment. */
  goesAgain(sequence: number, nowMs: number): void {
    this.#resentMs[sequence % this.#frames.length] = nowMs;
  }

  /** Forgets this frame and all before it. */
  forget(upTo: number): void {
    while (this.#oldest <= Math.min(upTo, this.#highest)) this.#drop();
  }

  /** -1: nothing is kept. */
  #startOfOldest(): number {
    return this.#oldest > this.#highest ? -1 : this.#starts[this.#oldest % this.#frames.length];
  }

  #drop(): void {
    const place = this.#oldest % this.#frames.length;
    this.#bytes -= this.#frames[place]?.length ?? 0;
    this.#frames[place] = undefined;
    this.#oldest += 1;
  }
}
