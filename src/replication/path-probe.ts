/** IPv6 and UDP headers within an MTU. */
export const HEADERS_BYTES = 40 + 8;
/** Fits every IPv6 path (RFC 8200, section 5: at least 1280 bytes). */
export const SAFE_FRAME_BYTES = 1280 - HEADERS_BYTES;

/** One in this many heartbeats is a probe. */
const EVERY = 5;
/** Frame sizes below the maximum that are probed: those of common MTUs. */
const SIZES = [1480, 1450, 1420, 1400, 1350, 1300, 1280].map((mtu) => mtu - HEADERS_BYTES);
/** Maximum probe size: that of Ethernet. */
const MAX_PROBE = 1500 - HEADERS_BYTES;
/** Periods of a judgement, in which every size is probed several times. */
const WINDOW_PERIODS = 50;

/** Chooses heartbeats to be padded, and their size, so that peers learn the path MTU to them. */
export class PathProbe {
  readonly #largest: number;
  readonly #sizes: readonly number[];
  #heartbeats = 0;
  #probes = 0;

  /** @param largest largest frame that fits every link of this node, bytes */
  constructor(largest: number) {
    this.#largest = Math.min(largest, MAX_PROBE);
    this.#sizes = SIZES.filter((size) => size < this.#largest);
  }

  get largest(): number {
    return this.#largest;
  }

  /** @returns the size of the next heartbeat, bytes; 0: no padding */
  next(): number {
    this.#heartbeats += 1;
    if (this.#heartbeats % EVERY !== 0) return 0;
    this.#probes += 1;
    // The maximum size every second time, so that a lossy link is not taken for one with a small MTU.
    if (this.#probes % 2 === 1 || this.#sizes.length === 0) return this.#largest;
    return this.#sizes[(this.#probes / 2 - 1) % this.#sizes.length];
  }
}

/** Sizes of the frames of one peer received on one link. */
export class PathReach {
  /** The largest frame size that the peer probes; 0: unknown. */
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

  /** Discards earlier observations. */
  forget(): void {
    [this.#largest, this.#before, this.#periods, this.#known] = [0, 0, 0, false];
  }

  /** MTU of the path from the peer to this link, as far as it was probed, bytes; undefined: unknown. */
  get mtu(): number | undefined {
    if (!this.#known || this.tried === 0) return undefined;
    return Math.max(this.#largest, this.#before) + HEADERS_BYTES;
  }

  /** Whether frames that fit both ends do not arrive. */
  get isNarrow(): boolean {
    return this.mtu !== undefined && this.mtu < this.tried + HEADERS_BYTES;
  }
}
