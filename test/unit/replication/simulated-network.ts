import type { Clock } from '../../../src/replication/clock.ts';
import type { ReplicationLink, ReplicationTransport } from '../../../src/replication/transport.ts';

/** Time that stands still until it is moved; timers run in order. */
export class SimulatedClock implements Clock {
  #now = 0;
  #order = 0;
  #timers: { at: number; order: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, order: this.#order++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end);
      if (due.length === 0) break;
      const next = due.reduce((one, other) =>
        other.at < one.at || (other.at === one.at && other.order < one.order) ? other : one,
      );
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }
}

/** A small generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Faults {
  loss: number;
  duplication: number;
  maxDelayMs: number;
  cut: boolean;
  /** Frames that never arrive. */
  loses?: (frame: Uint8Array) => boolean;
}

/** One segment of wire: what one station sends the others may get, late, twice or never. */
export class Wire {
  readonly faults: Faults = { loss: 0, duplication: 0, maxDelayMs: 0, cut: false };
  readonly #stations: ((frame: Uint8Array) => void)[] = [];
  readonly #clock: SimulatedClock;
  readonly #random: () => number;
  sent = 0;

  constructor(clock: SimulatedClock, seed: number) {
    this.#clock = clock;
    this.#random = random(seed);
  }

  join(onFrame: (frame: Uint8Array) => void): (frame: Uint8Array) => void {
    this.#stations.push(onFrame);
    return (frame) => {
      this.sent += 1;
      for (const station of this.#stations) if (station !== onFrame) this.#carry(frame, station);
    };
  }

  #carry(frame: Uint8Array, station: (frame: Uint8Array) => void): void {
    const { loss, duplication, maxDelayMs, cut } = this.faults;
    if (cut || this.faults.loses?.(frame) === true || this.#random() < loss) return;
    for (let copy = this.#random() < duplication ? 2 : 1; copy > 0; copy--) {
      const bytes = Uint8Array.from(frame);
      this.#clock.after(1 + this.#random() * maxDelayMs, () => {
        if (!this.faults.cut) station(bytes);
      });
    }
  }
}

/** A node's links to wires. */
export function transportOver(wires: readonly Wire[], maxFrameBytes = 1452): ReplicationTransport {
  const senders: ((frame: Uint8Array) => void)[] = [];
  let closed = false;
  const links: ReplicationLink[] = wires.map((_, index) => ({
    name: `ring${index}`,
    maxFrameBytes,
    forwards: true,
    send: (frame) => {
      if (!closed) senders[index]?.(frame);
      return !closed;
    },
  }));
  return {
    links,
    start: async (onFrame) => {
      for (const [index, wire] of wires.entries()) {
        senders.push(
          wire.join((frame) => {
            if (!closed) onFrame(index, frame);
          }),
        );
      }
    },
    close: async () => {
      closed = true;
    },
  };
}
