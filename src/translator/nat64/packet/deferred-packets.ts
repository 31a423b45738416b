import { GSO_NONE, type PacketOffload } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { type ParsedPacket, parsePacket } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';

/** Maximum number of packets that wait; further ones are sent without waiting. */
export const MAX_DEFERRED = 512;

/** Results of `next`. */
export const Deferred = { none: 0, confirmed: 1, late: 2 } as const;
export type Deferred = (typeof Deferred)[keyof typeof Deferred];

/**
 * First packets of new sessions, each held until another node has the session's record or its deadline has passed.
 *
 *     client ─SYN→ session, record in the log's queue ─→ [ oldest … newest ] ─position confirmed, or time→ translated
 *                                                            ↑ written(position): the queue is in the outbox up to there
 *
 * A ring in the order of arrival, which is that of the log: only the oldest one is ever looked at. All memory is
 * allocated at the start.
 */
export class DeferredPackets {
  readonly arena: PacketArena;
  readonly #room: number;
  readonly #waitMs: number;
  readonly #length = new Uint16Array(MAX_DEFERRED);
  readonly #partial = new Uint8Array(MAX_DEFERRED);
  readonly #deadlineMs = new Float64Array(MAX_DEFERRED);
  /** Log position that covers the packet's record, modulo 2^32 as a signed number. */
  readonly #position = new Int32Array(MAX_DEFERRED);
  #first = 0;
  #count = 0;
  /** How many of them, from the oldest, have a position. */
  #written = 0;
  #confirmed = 0;

  /**
   * @param room maximum size of a packet that may wait, bytes
   * @param waitMs maximum time to wait
   */
  constructor(room: number, waitMs: number) {
    this.#room = room;
    this.#waitMs = waitMs;
    this.arena = new PacketArena(MAX_DEFERRED * (HEADROOM + room + TAILROOM));
  }

  /**
   * Holds a complete parsed packet. @returns false when it cannot wait: too long, a fragment, a GSO packet, or the
   * limit is reached
   */
  hold(arena: PacketArena, p: ParsedPacket, offload: PacketOffload, nowMs: number): boolean {
    if (this.#count === MAX_DEFERRED || p.length > this.#room || p.isFragment || offload.gsoType !== GSO_NONE)
      return false;
    const at = (this.#first + this.#count) % MAX_DEFERRED;
    this.#count += 1;
    const start = this.#place(at);
    for (let index = 0; index < p.length; index++) this.arena.bytes[start + index] = arena.bytes[p.offset + index];
    this.#length[at] = p.length;
    this.#partial[at] = offload.partialChecksum ? 1 : 0;
    this.#deadlineMs[at] = nowMs + this.#waitMs;
    return true;
  }

  /** The log's queue is empty: the records of all waiting packets are at or before this position. */
  written(position: number): void {
    for (; this.#written < this.#count; this.#written++) {
      this.#position[(this.#first + this.#written) % MAX_DEFERRED] = position;
    }
  }

  /** Another node has every record up to this position, modulo 2^32 as a signed number. */
  confirm(position: number): void {
    this.#confirmed = position;
  }

  /**
   * Removes the oldest packet if it is confirmed or late, and parses it in place in `arena`; valid until the next call
   * of `hold`.
   */
  next(nowMs: number, into: ParsedPacket, offload: PacketOffload): Deferred {
    while (this.#count > 0) {
      const at = this.#first;
      // A difference modulo 2^32: positions may have wrapped.
      const confirmed = this.#written > 0 && ((this.#confirmed - this.#position[at]) | 0) >= 0;
      if (!confirmed && nowMs < this.#deadlineMs[at]) return Deferred.none;
      this.#first = (at + 1) % MAX_DEFERRED;
      this.#count -= 1;
      if (this.#written > 0) this.#written -= 1;
      offload.partialChecksum = this.#partial[at] === 1;
      offload.gsoType = GSO_NONE;
      offload.gsoSize = 0;
      if (parsePacket(this.arena, this.#place(at), this.#length[at], into) >= 0) continue;
      return confirmed ? Deferred.confirmed : Deferred.late;
    }
    return Deferred.none;
  }

  /** Deadline of the oldest waiting packet, or Infinity. */
  nextDeadlineMs(): number {
    return this.#count === 0 ? Number.POSITIVE_INFINITY : this.#deadlineMs[this.#first];
  }

  #place(at: number): number {
    return at * (HEADROOM + this.#room + TAILROOM) + HEADROOM;
  }
}
