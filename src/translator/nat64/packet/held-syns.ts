import { PacketArena } from '../../../net/packet-arena.ts';
import { type ParsedPacket, parseQuotedPacket } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';

/**
 * How many SYNs are held at once. The next one is refused, so that a flood from outside costs no more than this memory.
 */
export const MAX_HELD_SYNS = 256;
/** What is kept of a SYN: as much as an ICMPv4 error may quote of it (RFC 1812 section 4.3.2.3). */
const KEPT = 548;
const STRIDE = HEADROOM + KEPT + TAILROOM;

/**
 * TCP SYNs from the IPv4 side that nobody has asked for (RFC 6146 section 3.5.2.2, state V4 INIT with a stored packet):
 * each waits for a SYN of the client's the other way, a simultaneous open, and is answered with an ICMP error when its
 * time is up. A ring in the order of arrival, which is the order of the deadlines; taken ones are marked and passed
 * over.
 *
 *     hold ─→ [ oldest … newest ] ─→ take (client's SYN)   or   due (time is up) → ICMP error around the stored packet
 */
export class HeldSyns {
  readonly arena = new PacketArena(MAX_HELD_SYNS * STRIDE);
  /** Where the SYN that `next` has found went to. */
  local = 0;
  localPort = 0;
  readonly #local = new Uint32Array(MAX_HELD_SYNS);
  readonly #remote = new Uint32Array(MAX_HELD_SYNS);
  /** Local port in the upper half, remote port in the lower one. */
  readonly #ports = new Uint32Array(MAX_HELD_SYNS);
  readonly #length = new Uint16Array(MAX_HELD_SYNS);
  readonly #deadlineMs = new Float64Array(MAX_HELD_SYNS);
  readonly #waiting = new Uint8Array(MAX_HELD_SYNS);
  #first = 0;
  #count = 0;

  /** Keeps the parsed IPv4 SYN, or notes that it is kept already. @returns false when no more may be held */
  hold(arena: PacketArena, p: ParsedPacket, deadlineMs: number, nowMs: number): boolean {
    if (this.#find(p.dst0, p.dstPort, p.src0, p.srcPort, nowMs) >= 0) return true;
    if (this.#count === MAX_HELD_SYNS) return false;
    const at = (this.#first + this.#count) % MAX_HELD_SYNS;
    this.#count += 1;
    const kept = Math.min(p.length, KEPT);
    const start = at * STRIDE + HEADROOM;
    for (let index = 0; index < kept; index++) this.arena.bytes[start + index] = arena.bytes[p.offset + index];
    this.#local[at] = p.dst0;
    this.#remote[at] = p.src0;
    this.#ports[at] = (p.dstPort << 16) | p.srcPort;
    this.#length[at] = kept;
    this.#deadlineMs[at] = deadlineMs;
    this.#waiting[at] = 1;
    return true;
  }

  /**
   * The client has sent its SYN: forgets the one that waited for it. @returns whether there was one whose time was not
   * up
   */
  take(local: number, localPort: number, remote: number, remotePort: number, nowMs: number): boolean {
    const at = this.#find(local, localPort, remote, remotePort, nowMs);
    if (at < 0) return false;
    this.#waiting[at] = 0;
    return true;
  }

  /**
   * Looks for a waiting SYN of this remote end, from the place on that the last call has given, or 0. @returns the
   * place behind it, or 0 where there is none
   */
  next(place: number, remote: number, remotePort: number, nowMs: number): number {
    for (let step = place; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_HELD_SYNS;
      if (this.#waiting[at] === 0 || nowMs >= this.#deadlineMs[at]) continue;
      if (this.#remote[at] !== remote || (this.#ports[at] & 0xffff) !== remotePort) continue;
      this.local = this.#local[at];
      this.localPort = this.#ports[at] >>> 16;
      return step + 1;
    }
    return 0;
  }

  /**
   * Takes the next SYN out whose time is up, and parses it where it lies in `arena`. @returns false when there is none
   */
  due(nowMs: number, into: ParsedPacket): boolean {
    while (this.#count > 0) {
      const at = this.#first;
      if (this.#waiting[at] !== 0 && nowMs < this.#deadlineMs[at]) return false;
      this.#first = (at + 1) % MAX_HELD_SYNS;
      this.#count -= 1;
      if (this.#waiting[at] === 0) continue;
      this.#waiting[at] = 0;
      if (parseQuotedPacket(this.arena, at * STRIDE + HEADROOM, this.#length[at], 4, into) < 0) return true;
    }
    return false;
  }

  /** Deadline of the SYN that waits longest, or Infinity. */
  nextDeadlineMs(): number {
    for (let step = 0; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_HELD_SYNS;
      if (this.#waiting[at] !== 0) return this.#deadlineMs[at];
    }
    return Number.POSITIVE_INFINITY;
  }

  #find(local: number, localPort: number, remote: number, remotePort: number, nowMs: number): number {
    const ports = ((localPort << 16) | remotePort) >>> 0;
    for (let step = 0; step < this.#count; step++) {
      const at = (this.#first + step) % MAX_HELD_SYNS;
      const same = this.#local[at] === local && this.#remote[at] === remote && this.#ports[at] === ports;
      if (same && this.#waiting[at] !== 0 && nowMs < this.#deadlineMs[at]) return at;
    }
    return -1;
  }
}
