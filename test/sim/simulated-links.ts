import type { ReplicationLink, ReplicationTransport } from '../../src/replication/transport.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type SocketPlan, SocketReader, WireQueue } from './simulated-sockets.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What every segment does to frames. */
export interface Faults {
  readonly loss: number;
  readonly duplication: number;
  /** Frames come this much later at the most, each by itself: they overtake each other. */
  readonly maxDelayMs: number;
  /** With a frame comes another one that was on the wire before, however long ago, whoever sent it. */
  readonly replay: number;
}

export const NO_FAULTS: Faults = { loss: 0, duplication: 0, maxDelayMs: 0.4, replay: 0 };

/** Frames that a segment remembers, to replay them: one in so many of those that it carries. */
const REMEMBERED = 64;
const REMEMBERED_SHARE = 8;

const KIND_OFFSET = 5;
/** A word of the seal: it is another one when anything in the frame is. */
const SEAL_WORD = 4;

interface Station {
  readonly slot: number;
  readonly queue: WireQueue;
  /** @returns false when there is no room for the frame */
  readonly arrive: (frame: Uint8Array) => boolean;
}

/** The links of one life of a node. */
export interface SimulatedTransport extends ReplicationTransport {
  /** Takes the node off the wires at once. */
  readonly stop: () => void;
  /** The node does not read for a while. */
  readonly stall: (ms: number) => void;
}

/** One piece of wire with some nodes on it; each direction between two of them can be cut by itself. */
class Segment {
  readonly stations = new Set<Station>();
  readonly cut = new Set<string>();
  readonly past: Uint8Array[] = [];
}

/** How nodes are wired: which segments each has its links on. */
export interface Topology {
  readonly name: string;
  readonly segments: number;
  readonly linksOf: ReadonlyMap<number, readonly number[]>;
  /** Whether frames may have to be passed on by a node to reach all. */
  readonly ring: boolean;
  /** Whether nodes pass on what comes by one link to the other. */
  readonly forwards: boolean;
}

export function lan(slots: readonly number[], segments: 1 | 2): Topology {
  const links = segments === 1 ? [0] : [0, 1];
  const linksOf = new Map(slots.map((slot) => [slot, links]));
  return { name: segments === 1 ? 'one LAN' : 'two LANs', segments, linksOf, ring: false, forwards: true };
}

/** Each node has a wire to the one before it and to the one after it. */
export function ring(slots: readonly number[]): Topology {
  const linksOf = new Map(
    slots.map((slot, index): [number, number[]] => [slot, [index, (index + slots.length - 1) % slots.length]]),
  );
  return { name: `a ring of ${slots.length}`, segments: slots.length, linksOf, ring: true, forwards: true };
}

/** A wire between each two nodes, as by streams, on which nothing is passed on. */
export function mesh(slots: readonly number[]): Topology {
  const linksOf = new Map(slots.map((slot): [number, number[]] => [slot, []]));
  let segments = 0;
  for (const one of slots) {
    for (const other of slots) {
      if (other <= one) continue;
      for (const end of [one, other]) linksOf.get(end)?.push(segments);
      segments += 1;
    }
  }
  return { name: `a mesh of ${slots.length}`, segments, linksOf, ring: false, forwards: false };
}

/** All wires, and what goes wrong on them. */
export class SimulatedLinks {
  readonly topology: Topology;
  faults: Faults = NO_FAULTS;
  /** Frames handed to links so far, by kind. */
  readonly framesByKind = new Float64Array(16);
  /** Frames for which a receiver had no room, and those that a node's own link did not take. */
  overflowed = 0;
  refused = 0;
  readonly #segments: readonly Segment[];
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #trace: Trace;

  constructor(topology: Topology, time: VirtualTime, random: SeededRandom, trace: Trace) {
    this.topology = topology;
    this.#segments = Array.from({ length: topology.segments }, () => new Segment());
    this.#time = time;
    this.#random = random;
    this.#trace = trace;
  }

  get segments(): number {
    return this.#segments.length;
  }

  /** From now on nothing that `from` sends on the segment reaches `to`. */
  cut(segment: number, from: number, to: number): void {
    this.#segments[segment].cut.add(`${from}>${to}`);
  }

  /** Ends one cut. */
  mend(segment: number, from: number, to: number): void {
    this.#segments[segment].cut.delete(`${from}>${to}`);
  }

  heal(): void {
    for (const { cut } of this.#segments) cut.clear();
    this.faults = NO_FAULTS;
  }

  /** Whether frames from one node may reach the other, directly or passed on by living ones. */
  reaches(from: number, to: number, alive: ReadonlySet<number>): boolean {
    const seen = new Set([from]);
    const next = [from];
    for (let slot = next.pop(); slot !== undefined; slot = next.pop()) {
      if (slot === to) return true;
      for (const segment of this.topology.linksOf.get(slot) ?? []) {
        for (const [other, links] of this.topology.linksOf) {
          if (seen.has(other) || !links.includes(segment) || !alive.has(other)) continue;
          if (this.#segments[segment].cut.has(`${slot}>${other}`)) continue;
          seen.add(other);
          next.push(other);
        }
      }
    }
    return false;
  }

  /** The links of one life of a node. */
  transportOf(slot: number, sockets: SocketPlan): SimulatedTransport {
    const segments = this.topology.linksOf.get(slot) ?? [];
    const stations: Station[] = [];
    let reader: SocketReader | undefined;
    let open = false;
    const links: ReplicationLink[] = segments.map((segment, index) => ({
      name: `link${index}`,
      maxFrameBytes: 1452,
      forwards: this.topology.forwards,
      queueFrames: sockets.queueFrames,
      receiveRoom: sockets.receiveRoom,
      send: (frame) => open && this.#send(segment, stations[index], frame),
    }));
    const stop = (): void => {
      open = false;
      reader?.stop();
      for (const [index, segment] of segments.entries()) this.#segments[segment].stations.delete(stations[index]);
    };
    const start = async (onFrame: (link: number, frame: Uint8Array) => void): Promise<void> => {
      open = true;
      const reading = new SocketReader(sockets, this.#time, onFrame);
      reader = reading;
      for (const [index, segment] of segments.entries()) {
        const queue = new WireQueue(sockets, this.#time);
        const station = { slot, queue, arrive: (frame: Uint8Array): boolean => reading.arrive(index, frame) };
        stations.push(station);
        this.#segments[segment].stations.add(station);
      }
    };
    const close = async (): Promise<void> => stop();
    return { links, start, stop, close, stall: (ms) => reader?.stall(ms) };
  }

  #send(segment: number, from: Station, frame: Uint8Array): boolean {
    const queuedMs = from.queue.take();
    if (queuedMs === undefined) {
      this.refused += 1;
      this.#trace.note('no room to send', segment, from.slot);
      return false;
    }
    this.framesByKind[frame[KIND_OFFSET] & 15] += 1;
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const seal = view.getUint32(frame.length - SEAL_WORD);
    this.#trace.note('frame', segment, from.slot, frame[KIND_OFFSET], frame.length, seal);
    const { stations, past } = this.#segments[segment];
    if (past.length === 0 || this.#random.below(REMEMBERED_SHARE) === 0) {
      past[past.length < REMEMBERED ? past.length : this.#random.below(REMEMBERED)] = frame;
    }
    const again = this.#random.chance(this.faults.replay) ? this.#random.pick(past) : undefined;
    for (const to of stations) {
      if (to === from) continue;
      this.#carry(segment, from, to, frame, queuedMs);
      if (again !== undefined) this.#carry(segment, from, to, again, queuedMs);
    }
    return true;
  }

  #carry(segment: number, from: Station, to: Station, frame: Uint8Array, queuedMs: number): void {
    const { loss, duplication, maxDelayMs } = this.faults;
    const { cut, stations } = this.#segments[segment];
    const path = `${from.slot}>${to.slot}`;
    if (cut.has(path) || this.#random.chance(loss)) return;
    for (let copy = this.#random.chance(duplication) ? 2 : 1; copy > 0; copy--) {
      const bytes = new Uint8Array(frame);
      this.#time.after(queuedMs + this.#random.between(0.1, 0.2 + maxDelayMs), () => {
        if (cut.has(path) || !stations.has(to) || to.arrive(bytes)) return;
        this.overflowed += 1;
        this.#trace.note('no room to receive', segment, to.slot);
      });
    }
  }
}
