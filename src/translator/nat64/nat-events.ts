import type { NatLogMode } from '../options.ts';

/*
 * The source of the NAT log: a bounded queue of events that the worker drains together with the journal. One event, 64
 * bytes, numbers in network byte order:
 *
 *      0      1          2            4             6             8         12       16              32            40        44
 *     +------+----------+------------+-------------+-------------+---------+--------+---------------+-------------+---------+--------------+
 *     | kind | protocol | pool4 port | client port | remote port | pool4   | remote | client        | time, ms    | count   | lost before  |
 *     | u8   | IANA, u8 | u16        | u16         | u16         | address | address| IPv6, 16 bytes| float64     | u32     | u32          |
 *     +------+----------+------------+-------------+-------------+---------+--------+---------------+-------------+---------+--------------+
 *
 * and a byte of flags at 48 (`NatEventFlag`); zero up to byte 64. `lost before` is the number of events lost because
 * the queue was full since the previous event. `count` is, by kind: a block's size in ports; the refusals that the
 * event stands for; of a watermark the percentage of ports in use; of a takeover the former owner's slot.
 */
export const NAT_EVENT_SIZE = 64;

export const NatEventKind = {
  sessionCreated: 1,
  sessionEnded: 2,
  blockAllocated: 3,
  blockReleased: 4,
  /** No free port for a client (RFC 6888 REQ-11: ports in use are never preempted). */
  poolExhausted: 5,
  clientLimit: 6,
  /** The table of sessions or of BIB entries is full. */
  tableFull: 7,
  /** A BIB entry of this node's sessions (RFC 4787: one mapping whatever the destination). */
  mappingCreated: 8,
  mappingDeleted: 9,
  /** Ports in use of a pool4 entry crossed a watermark (RFC 8158 section 4.6.8). */
  poolHigh: 10,
  poolLow: 11,
  /** All sessions of another node now belong to this node. */
  takenOver: 12,
} as const;
export type NatEventKind = (typeof NatEventKind)[keyof typeof NatEventKind];
export type SessionEventKind = typeof NatEventKind.sessionCreated | typeof NatEventKind.sessionEnded;

/** Receives each session that this node has just made, or is about to end. */
export interface SessionObserver {
  note(slot: number, kind: SessionEventKind, nowMs: number): void;
}

export const NAT_EVENT_KIND = 0;
export const NAT_EVENT_PROTOCOL = 1;
export const NAT_EVENT_POOL4_PORT = 2;
export const NAT_EVENT_CLIENT_PORT = 4;
export const NAT_EVENT_REMOTE_PORT = 6;
export const NAT_EVENT_POOL4 = 8;
export const NAT_EVENT_REMOTE = 12;
export const NAT_EVENT_CLIENT = 16;
export const NAT_EVENT_TIME = 32;
export const NAT_EVENT_COUNT = 40;
export const NAT_EVENT_LOST = 44;
export const NAT_EVENT_FLAGS = 48;

export const NatEventFlag = {
  /** The event has a remote address and port. */
  destination: 1,
} as const;

/** Event kinds whose rate is that of packets. */
type RefusalKind = typeof NatEventKind.poolExhausted | typeof NatEventKind.clientLimit | typeof NatEventKind.tableFull;
const REFUSAL_KINDS = 3;

/** Maximum number of queued events; further ones are lost and counted. */
const CAPACITY = 8192;
/** Refusals can occur at packet rate: one event per kind stands for all in this interval. */
const REFUSAL_INTERVAL_MS = 1000;

export class NatEvents {
  /** The translator's time; the caller that processes packets or ticks sets it first. */
  nowMs = 0;
  /** Which of port blocks, BIB entries and sessions are logged; refusals and watermarks always are. */
  blocks = false;
  mappings = false;
  sessions = false;
  /** Whether session events carry the remote address and port (RFC 6888 REQ-12: only when configured). */
  destinations = false;
  /** Total of events lost because the queue was full. */
  lost = 0;
  readonly #bytes = new Uint8Array(CAPACITY * NAT_EVENT_SIZE);
  readonly #view = new DataView(this.#bytes.buffer);
  #first = 0;
  #count = 0;
  #lostSince = 0;
  readonly #refusals = new Uint32Array(REFUSAL_KINDS);
  readonly #refusedMs = new Float64Array(REFUSAL_KINDS).fill(-REFUSAL_INTERVAL_MS);

  constructor(mode: NatLogMode, destinations = false) {
    this.configure(mode, destinations);
  }

  configure(mode: NatLogMode, destinations: boolean): void {
    this.blocks = mode !== 'off';
    this.mappings = mode === 'bib';
    this.sessions = mode === 'sessions';
    this.destinations = destinations;
  }

  get length(): number {
    return this.#count;
  }

  /**
   * Adds an event with everything but the client's address.
   * @returns offset in `bytes` for the 16 bytes of the client's address, or -1 when the queue is full
   */
  add(
    kind: NatEventKind,
    protocol: number,
    pool4: number,
    pool4Port: number,
    clientPort: number,
    remote: number,
    remotePort: number,
    count: number,
  ): number {
    if (this.#count === CAPACITY) {
      this.lost += 1;
      this.#lostSince += 1;
      return -1;
    }
    const at = ((this.#first + this.#count) % CAPACITY) * NAT_EVENT_SIZE;
    const view = this.#view;
    this.#bytes.fill(0, at, at + NAT_EVENT_SIZE);
    view.setUint8(at + NAT_EVENT_KIND, kind);
    view.setUint8(at + NAT_EVENT_PROTOCOL, protocol);
    view.setUint16(at + NAT_EVENT_POOL4_PORT, pool4Port);
    view.setUint16(at + NAT_EVENT_CLIENT_PORT, clientPort);
    view.setUint16(at + NAT_EVENT_REMOTE_PORT, remotePort);
    view.setUint32(at + NAT_EVENT_POOL4, pool4);
    view.setUint32(at + NAT_EVENT_REMOTE, remote);
    view.setFloat64(at + NAT_EVENT_TIME, this.nowMs);
    view.setUint32(at + NAT_EVENT_COUNT, count);
    view.setUint32(at + NAT_EVENT_LOST, this.#lostSince);
    if (remote !== 0) view.setUint8(at + NAT_EVENT_FLAGS, NatEventFlag.destination);
    this.#lostSince = 0;
    this.#count += 1;
    return at + NAT_EVENT_CLIENT;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** A client was refused a port or a session: at most one event per second for each kind. */
  refuse(kind: RefusalKind, protocol: number, client: Uint8Array, at: number): void {
    const index = kind - NatEventKind.poolExhausted;
    this.#refusals[index] += 1;
    if (this.nowMs - this.#refusedMs[index] < REFUSAL_INTERVAL_MS) return;
    const to = this.add(kind, protocol, 0, 0, 0, 0, 0, this.#refusals[index]);
    if (to < 0) return;
    this.#refusedMs[index] = this.nowMs;
    this.#refusals[index] = 0;
    for (let byte = 0; byte < 16; byte++) this.#bytes[to + byte] = client[at + byte];
  }

  /**
   * Moves at most `max` events to `out`, oldest first.
   * @param originMs added to each event's time, to convert it to the reader's time base
   * @returns how many
   */
  take(out: Uint8Array, offset: number, max: number, originMs: number): number {
    const count = Math.min(max, this.#count);
    for (let done = 0; done < count;) {
      const run = Math.min(count - done, CAPACITY - this.#first);
      const from = this.#first * NAT_EVENT_SIZE;
      for (let at = from + NAT_EVENT_TIME; at < from + run * NAT_EVENT_SIZE; at += NAT_EVENT_SIZE) {
        this.#view.setFloat64(at, this.#view.getFloat64(at) + originMs);
      }
      out.set(this.#bytes.subarray(from, from + run * NAT_EVENT_SIZE), offset + done * NAT_EVENT_SIZE);
      this.#first = (this.#first + run) % CAPACITY;
      done += run;
    }
    this.#count -= count;
    return count;
  }
}
