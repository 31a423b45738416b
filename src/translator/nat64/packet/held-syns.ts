import { PacketArena } from '../../../net/packet-arena.ts';
import { type ParsedPacket, parseQuotedPacket } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';

/** Maximum number of held SYNs. Further ones are rejected, which bounds the memory that a flood can use. */
export const MAX_HELD_SYNS = 256;
/** Bytes stored of a SYN: the maximum that an ICMPv4 error may quote (RFC 1812 section 4.3.2.3). */
const KEPT = 548;
const STRIDE = HEADROOM + KEPT + TAILROOM;

/**
 * Unsolicited TCP SYNs from the IPv4 side (RFC 6146 section 3.5.2.2, state V4 INIT with a stored packet): each waits
 * for a SYN from the client in the other direction (simultaneous open) and is answered with an ICMP error at its
 * deadline. A ring in the order of arrival, which is the order of the deadlines; taken ones are marked and skipped.
 *
 *     hold ─→ [ oldest … newest ] ─→ take (client's SYN)   or   due (time is up) → ICMP error around the stored packet
 */
export class HeldSyns {
  readonly arena = new PacketArena(MAX_HELD_SYNS * STRIDE);
  /** Destination of the SYN that `next` found. */
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

  /** Stores the parsed IPv4 SYN unless it is stored already. @returns false when the limit is reached */
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
   * The client has sent its SYN: removes the SYN that waited for it. @returns whether there was one before its deadline
   */
  take(local: number, localPort: number, remote: number, remotePort: number, nowMs: number): boolean {
    const at = this.#find(local, localPort, remote, remotePort, nowMs);
    if (at < 0) return false;
    this.#waiting[at] = 0;
    return true;
  }

  /**
   * Finds a waiting SYN from this remote endpoint, starting at the index that the previous call returned, or at 0.
   * @returns the index after it, or 0 when there is none
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
   * Removes the next SYN whose deadline has passed and parses it in place in `arena`. @returns false when there is none
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

  /** Deadline of the oldest SYN, or Infinity. */
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
