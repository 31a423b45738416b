/** What the headers of IPv6 and UDP take of an MTU. */
export const HEADERS_BYTES = 40 + 8;
/** Passes every path that IPv6 may use (RFC 8200, section 5: at least 1280 bytes). */
export const SAFE_FRAME_BYTES = 1280 - HEADERS_BYTES;

/** One heartbeat in so many probes. */
const EVERY = 5;
/** Frames below the largest one by which it is told where a path ends: those of common MTUs. */
const SIZES = [1480, 1450, 1420, 1400, 1350, 1300, 1280].map((mtu) => mtu - HEADERS_BYTES);
/** The largest frame that is tried: that of Ethernet. */
const MAX_PROBE = 1500 - HEADERS_BYTES;
/** Periods of a judgement in which every size comes several times. */
const WINDOW_PERIODS = 50;

/** Which heartbeats are padded to which size, so that the others learn what the path to them carries. */
export class PathProbe {
  readonly #largest: number;
  readonly #sizes: readonly number[];
  #heartbeats = 0;
  #probes = 0;

  /** @param largest frame that every link of this node carries in one piece, bytes */
  constructor(largest: number) {
    this.#largest = Math.min(largest, MAX_PROBE);
    this.#sizes = SIZES.filter((size) => size < this.#largest);
  }

  get largest(): number {
    return this.#largest;
  }

  /** @returns the size of the next heartbeat, bytes; 0: as it is */
  next(): number {
    this.#heartbeats += 1;
    if (this.#heartbeats % EVERY !== 0) return 0;
    this.#probes += 1;
    // The largest one each second time: a link that loses much must not look narrow.
    if (this.#probes % 2 === 1 || this.#sizes.length === 0) return this.#largest;
    return this.#sizes[(this.#probes / 2 - 1) % this.#sizes.length];
  }
}

/** How large the frames of one peer are that come in on one link. */
export class PathReach {
  /** The largest frame that the peer tries to get through; 0: it does not say. */
  tried = 0;
  #largest = 0;
  #before = 0;
  #periods = 0;
  #known = false;

  came(bytes: number): void {
    if (bytes > this.#largest) this.#largest = bytes;
  }

  endPeriod(): void {
    this.#periods += 1;
    if (this.#periods < WINDOW_PERIODS) return;
    this.#known = this.#largest > 0;
    this.#before = this.#largest;
    this.#largest = 0;
    this.#periods = 0;
  }

  /** What was here before says nothing any more. */
  forget(): void {
    [this.#largest, this.#before, this.#periods, this.#known] = [0, 0, 0, false];
  }

  /** MTU of the path from the peer to this link, as far as it was tried, bytes; undefined: not known yet. */
  get mtu(): number | undefined {
    if (!this.#known || this.tried === 0) return undefined;
    return Math.max(this.#largest, this.#before) + HEADERS_BYTES;
  }

  /** Frames that fit both ends do not come through. */
  get isNarrow(): boolean {
    return this.mtu !== undefined && this.mtu < this.tried + HEADERS_BYTES;
  }
}
