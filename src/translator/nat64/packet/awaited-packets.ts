import { GSO_NONE, type PacketOffload } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { type ParsedPacket, parsePacket } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';

/** Maximum number of packets that wait; further ones are not held. */
export const MAX_AWAITING = 512;
/** Maximum per pool4 address and port, so that a flood to one port leaves capacity for others. */
export const MAX_AWAITING_PER_PORT = 8;
/**
 * Maximum time to wait, ms. A record takes 1 to 2 ms between nodes, a lost one is repaired within 30 ms, and a busy
 * agent adds delay.
 */
export const AWAIT_MS = 200;
const STEP_BITS = 12;
const BUCKETS = 2 ** STEP_BITS;

const State = { free: 0, waiting: 1, ready: 2 } as const;

/** Results of `next`. */
export const Awaited = { none: 0, ready: 1, late: 2 } as const;
export type Awaited = (typeof Awaited)[keyof typeof Awaited];

/**
 * Packets from the IPv4 side for ports that another node allocates, whose session is not known here yet. Where a router
 * balances over all nodes, the answer to a client's first packet can reach another node than that packet did, before
 * the record of the session:
 *
 *     client ─SYN→ gw1 ─→ server          gw1 ─record→ gw2
 *                         server ─SYN,ACK→ gw2:  hold ─→ [ oldest … newest ] ─record→ ready ─→ translated
 *                                                                            ─time──→ late  ─→ as if nobody had waited
 *
 * A ring in the order of arrival; what is taken out of its middle is passed over. All memory is allocated at the start.
 */
export class AwaitedRecords {
  readonly arena: PacketArena;
  readonly #room: number;
  readonly #address = new Uint32Array(MAX_AWAITING);
  readonly #port = new Uint16Array(MAX_AWAITING);
  readonly #protocol = new Uint8Array(MAX_AWAITING);
  readonly #length = new Uint16Array(MAX_AWAITING);
  readonly #partial = new Uint8Array(MAX_AWAITING);
  readonly #deadlineMs = new Float64Array(MAX_AWAITING);
  readonly #state = new Uint8Array(MAX_AWAITING);
  /** Number of waiting packets by the low bits of their port: a record for another port costs one check. */
  readonly #waitingAt = new Uint16Array(BUCKETS);
  #first = 0;
  #count = 0;
  #ready = 0;

  /** @param room maximum size of a packet that may wait, bytes */
  constructor(room: number) {
    this.#room = room;
    this.arena = new PacketArena(MAX_AWAITING * (HEADROOM + room + TAILROOM));
  }

  /**
   * Holds a complete parsed IPv4 packet until a session exists for this pool4 address and port (the packet's own, or
   * those in the packet that an ICMP error quotes).
   * @returns false when it cannot wait: too long, a GSO packet, or a limit is reached
   */
  hold(
    arena: PacketArena,
    p: ParsedPacket,
    offload: PacketOffload,
    protocol: number,
    address: number,
    port: number,
    nowMs: number,
  ): boolean {
    if (this.#count === MAX_AWAITING || p.length > this.#room || offload.gsoType !== GSO_NONE) return false;
    if (this.#waitingFor(protocol, address, port) >= MAX_AWAITING_PER_PORT) return false;
    const at = (this.#first + this.#count) % MAX_AWAITING;
    this.#count += 1;
    const start = this.#place(at);
    for (let index = 0; index < p.length; index++) this.arena.bytes[start + index] = arena.bytes[p.offset + index];
    this.#address[at] = address;
    this.#port[at] = port;
    this.#protocol[at] = protocol;
    this.#length[at] = p.length;
    this.#partial[at] = offload.partialChecksum ? 1 : 0;
    this.#deadlineMs[at] = nowMs + AWAIT_MS;
    this.#state[at] = State.waiting;
    this.#waitingAt[port % BUCKETS] += 1;
    return true;
  }

  /** A record has made a session of this pool4 address and port: packets waiting for it are ready. */
  arrived(protocol: number, address: number, port: number): void {
    if (this.#waitingAt[port % BUCKETS] === 0) return;
    for (let step = 0; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_AWAITING;
      if (this.#state[at] !== State.waiting || this.#port[at] !== port) continue;
      if (this.#address[at] !== address || this.#protocol[at] !== protocol) continue;
      this.#state[at] = State.ready;
      this.#waitingAt[port % BUCKETS] -= 1;
      this.#ready += 1;
    }
  }

  /**
   * Removes the next packet that is ready or late, in order of arrival, and parses it in place in `arena`. It is valid
   * until the next call of `hold`.
   */
  next(nowMs: number, into: ParsedPacket, offload: PacketOffload): Awaited {
    for (let step = 0; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_AWAITING;
      const state = this.#state[at];
      if (state === State.free) continue;
      if (state === State.waiting && nowMs < this.#deadlineMs[at]) {
        if (this.#ready === 0) return Awaited.none;
        continue;
      }
      this.#take(at, state);
      offload.partialChecksum = this.#partial[at] === 1;
      offload.gsoType = GSO_NONE;
      offload.gsoSize = 0;
      if (parsePacket(this.arena, this.#place(at), this.#length[at], into) >= 0) continue;
      return state === State.ready ? Awaited.ready : Awaited.late;
    }
    return Awaited.none;
  }

  /** Deadline of the oldest waiting packet, or Infinity. */
  nextDeadlineMs(): number {
    return this.#count === 0 ? Number.POSITIVE_INFINITY : this.#deadlineMs[this.#first];
  }

  #take(at: number, state: number): void {
    this.#state[at] = State.free;
    if (state === State.ready) this.#ready -= 1;
    else this.#waitingAt[this.#port[at] % BUCKETS] -= 1;
    while (this.#count > 0 && this.#state[this.#first] === State.free) {
      this.#first = (this.#first + 1) % MAX_AWAITING;
      this.#count -= 1;
    }
  }

  #waitingFor(protocol: number, address: number, port: number): number {
    if (this.#waitingAt[port % BUCKETS] === 0) return 0;
    let found = 0;
    for (let step = 0; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_AWAITING;
      const same = this.#address[at] === address && this.#port[at] === port && this.#protocol[at] === protocol;
      if (same && this.#state[at] === State.waiting) found += 1;
    }
    return found;
  }

  #place(at: number): number {
    return at * (HEADROOM + this.#room + TAILROOM) + HEADROOM;
  }
}
