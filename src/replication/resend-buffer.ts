/** Frames that are sent again within this time are not sent a third time: the question and the answer have crossed. */
const AGAIN_MS = 20;

/** Memory comes in pieces of this size, each when it is first needed: most nodes never fill it all. */
const PIECE_BYTES = 128 * 1024;

/**
 * The newest frames of our log, sealed as they were sent, so that what a peer has missed goes again bit by bit. They
 * lie one after the other in a ring of pieces of memory, where they are made, too; bounded in frames and in bytes: the
 * oldest goes first.
 *
 *     bytes   │ newest ┤ free ├ oldest ── kept │ kept ── … │ kept ── │ unused: the next frame had no room in this piece │
 *     numbers   oldest ── kept ── highest             place of frame n: n modulo the number of places
 */
export class ResendBuffer {
  readonly #maxFrames: number;
  readonly #pieceBytes: number;
  readonly #allBytes: number;
  readonly #pieces: Buffer[] = [];
  readonly #frames: (Buffer | undefined)[] = [];
  /** Where each frame begins in the ring. */
  readonly #starts: number[] = [];
  /** When each frame was last sent again, ms. */
  readonly #resentMs: number[] = [];
  #oldest = 1;
  #highest = 0;
  #bytes = 0;
  /** Where the next frame goes in the ring. */
  #at = 0;

  constructor(maxFrames: number, maxBytes: number, pieceBytes = PIECE_BYTES) {
    this.#maxFrames = maxFrames;
    this.#pieceBytes = Math.min(pieceBytes, maxBytes);
    this.#allBytes = maxBytes - (maxBytes % this.#pieceBytes);
  }

  /** Sequence of the oldest frame still here; one more than the highest when there is none. */
  get oldest(): number {
    return this.#oldest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Room to make the next frame in; the oldest frames give way. What is in it is there until many more frames have been
   * made.
   * @throws RangeError when it is more than a piece of memory
   */
  reserve(bytes: number): Buffer {
    const size = this.#pieceBytes;
    if (bytes > size) throw new RangeError(`a frame of ${bytes} bytes, and space for ${size}`);
    const rest = size - (this.#at % size);
    if (bytes > rest) {
      this.#evict(rest);
      this.#at = (this.#at + rest) % this.#allBytes;
    }
    this.#evict(bytes);
    const index = Math.floor(this.#at / size);
    // The kernel gives this memory when it is first written.
    this.#pieces[index] ??= Buffer.from(new ArrayBuffer(size));
    const from = this.#at % size;
    return this.#pieces[index].subarray(from, from + bytes);
  }

  /** Keeps what was made in the room that `reserve` has just given; sequences come without holes. */
  keep(sequence: number, frame: Buffer): void {
    if (this.#highest - this.#oldest + 1 === this.#maxFrames) this.#drop();
    const place = sequence % this.#maxFrames;
    this.#frames[place] = frame;
    this.#starts[place] = this.#at;
    this.#resentMs[place] = Number.NEGATIVE_INFINITY;
    this.#at = (this.#at + frame.length) % this.#allBytes;
    this.#bytes += frame.length;
    this.#highest = sequence;
  }

  get(sequence: number): Buffer | undefined {
    if (sequence < this.#oldest || sequence > this.#highest) return undefined;
    return this.#frames[sequence % this.#maxFrames];
  }

  /** Whether the frame is here and was not sent again just now. */
  mayResend(sequence: number, nowMs: number): boolean {
    const place = sequence % this.#maxFrames;
    return this.get(sequence) !== undefined && nowMs - this.#resentMs[place] >= AGAIN_MS;
  }

  /** The frame is sent again at this moment. */
  resent(sequence: number, nowMs: number): void {
    this.#resentMs[sequence % this.#maxFrames] = nowMs;
  }

  /** Forgets this frame and all before it. */
  forget(upTo: number): void {
    while (this.#oldest <= Math.min(upTo, this.#highest)) this.#drop();
  }

  /** Drops what lies in the next so many bytes. */
  #evict(bytes: number): void {
    const until = this.#at + bytes;
    for (let start = this.#startOfOldest(); start >= this.#at && start < until; start = this.#startOfOldest()) {
      this.#drop();
    }
  }

  /** -1: nothing is kept. */
  #startOfOldest(): number {
    return this.#oldest > this.#highest ? -1 : this.#starts[this.#oldest % this.#maxFrames];
  }

  #drop(): void {
    const place = this.#oldest % this.#maxFrames;
    this.#bytes -= this.#frames[place]?.length ?? 0;
    this.#frames[place] = undefined;
    this.#oldest += 1;
  }
}
