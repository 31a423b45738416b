/** Frames retransmitted within this time are not retransmitted again: the NACK and the repair have crossed. */
const AGAIN_MS = 20;

/** Memory is allocated in chunks of this size on first use: most nodes never fill it. */
const PIECE_BYTES = 128 * 1024;

/**
 * The newest frames of our log, sealed as sent, so that retransmissions are bit for bit identical. They are constructed
 * and stored consecutively in a ring of memory chunks, limited in frames and in bytes: the oldest are evicted.
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
  /** Offset of each frame in the ring. */
  readonly #starts: number[] = [];
  /** When each frame was last retransmitted, ms. */
  readonly #resentMs: number[] = [];
  #oldest = 1;
  #highest = 0;
  #bytes = 0;
  /** Offset of the next frame in the ring. */
  #at = 0;

  constructor(maxFrames: number, maxBytes: number, pieceBytes = PIECE_BYTES) {
    this.#maxFrames = maxFrames;
    this.#pieceBytes = Math.min(pieceBytes, maxBytes);
    this.#allBytes = maxBytes - (maxBytes % this.#pieceBytes);
  }

  /** Sequence of the oldest retained frame; one more than the highest when there is none. */
  get oldest(): number {
    return this.#oldest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Space for the next frame; the oldest frames are evicted. Its content is retained until many more frames have been
   * made.
   * @throws RangeError when it exceeds a chunk
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
    // The kernel commits this memory on first write.
    this.#pieces[index] ??= Buffer.from(new ArrayBuffer(size));
    const from = this.#at % size;
    return this.#pieces[index].subarray(from, from + bytes);
  }

  /** Retains the frame made in the space of the last `reserve`; sequences have no gaps. */
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

  /** Whether the frame is retained and was not retransmitted just now. */
  mayResend(sequence: number, nowMs: number): boolean {
    const place = sequence % this.#maxFrames;
    return this.get(sequence) !== undefined && nowMs - this.#resentMs[place] >= AGAIN_MS;
  }

  /** Records a retransmission. */
  resent(sequence: number, nowMs: number): void {
    this.#resentMs[sequence % this.#maxFrames] = nowMs;
  }

  /** Drops this frame and all earlier ones. */
  forget(upTo: number): void {
    while (this.#oldest <= Math.min(upTo, this.#highest)) this.#drop();
  }

  /** Drops frames in the next `bytes` bytes. */
  #evict(bytes: number): void {
    const until = this.#at + bytes;
    for (let start = this.#startOfOldest(); start >= this.#at && start < until; start = this.#startOfOldest()) {
      this.#drop();
    }
  }

  /** -1: no frame is retained. */
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
