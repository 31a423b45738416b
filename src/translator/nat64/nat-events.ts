import type { NatLogMode } from '../options.ts';

/*
 * What the NAT log is made of: a bounded queue of events that the worker drains as it drains the journal. One event, 64
 * bytes, numbers in network byte order:
 *
 *      0      1          2            4             6             8         12       16              32            40        44
 *     +------+----------+------------+-------------+-------------+---------+--------+---------------+-------------+---------+--------------+
 *     | kind | protocol | pool4 port | client port | remote port | pool4   | remote | client        | time, ms    | count   | lost before  |
 *     | u8   | IANA, u8 | u16        | u16         | u16         | address | address| IPv6, 16 bytes| float64     | u32     | u32          |
 *     +------+----------+------------+-------------+-------------+---------+--------+---------------+-------------+---------+--------------+
 *
 * `count` is a block's size in ports, or how many events of this kind the line stands for; `lost before` how many found
 * the queue full since the event before. Up to byte 64: zero.
 */
export const NAT_EVENT_SIZE = 64;

export const NatEventKind = {
  sessionCreated: 1,
  sessionEnded: 2,
  blockAllocated: 3,
  blockReleased: 4,
  /** No free port for a client (RFC 6888 REQ-11: nobody else's is taken away). */
  poolExhausted: 5,
  clientLimit: 6,
} as const;
export type NatEventKind = (typeof NatEventKind)[keyof typeof NatEventKind];

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

/** Events that wait at most; further ones are lost and counted. */
const CAPACITY = 8192;
/** Refusals come as fast as packets do: of each kind one event in this time stands for all. */
const REFUSAL_INTERVAL_MS = 1000;

export class NatEvents {
  /** The translator's time; whoever processes or ticks sets it first. */
  nowMs = 0;
  /** Whether port blocks are events, and sessions; refusals are always. */
  readonly blocks: boolean;
  readonly sessions: boolean;
  /** Events that found the queue full, ever. */
  lost = 0;
  readonly #bytes = new Uint8Array(CAPACITY * NAT_EVENT_SIZE);
  readonly #view = new DataView(this.#bytes.buffer);
  #first = 0;
  #count = 0;
  #lostSince = 0;
  readonly #refusals = new Uint32Array(2);
  readonly #refusedMs = new Float64Array(2).fill(-REFUSAL_INTERVAL_MS);

  constructor(mode: NatLogMode) {
    this.blocks = mode !== 'off';
    this.sessions = mode === 'sessions';
  }

  get length(): number {
    return this.#count;
  }

  /**
   * Adds an event with everything but the client's address.
   * @returns where in `bytes` the 16 bytes of the client's address belong, or -1 when the queue is full
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
    this.#lostSince = 0;
    this.#count += 1;
    return at + NAT_EVENT_CLIENT;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** A client was refused a port or a session: at most one event in a second for each kind. */
  refuse(
    kind: typeof NatEventKind.poolExhausted | typeof NatEventKind.clientLimit,
    protocol: number,
    client: Uint8Array,
    at: number,
  ): void {
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
   * @param originMs added to each event's time, so that it counts from what the reader counts from
   * @returns how many
   */
  take(out: Uint8Array, offset: number, max: number, originMs: number): number {
    const count = Math.min(max, this.#count);
    for (let index = 0; index < count; index++) {
      const from = this.#first * NAT_EVENT_SIZE;
      this.#view.setFloat64(from + NAT_EVENT_TIME, this.#view.getFloat64(from + NAT_EVENT_TIME) + originMs);
      const to = offset + index * NAT_EVENT_SIZE;
      for (let byte = 0; byte < NAT_EVENT_SIZE; byte++) out[to + byte] = this.#bytes[from + byte];
      this.#first = (this.#first + 1) % CAPACITY;
    }
    this.#count -= count;
    return count;
  }
}

/** An event as people and programs read it. */
export interface NatEvent {
  readonly kind: keyof typeof NatEventKind;
  /** Milliseconds, from what `take` was told to count from. */
  readonly timeMs: number;
  /** IANA number; 0 where all protocols are meant. */
  readonly protocol: number;
  /** 16 bytes, network order. */
  readonly client: Uint8Array;
  readonly clientPort: number;
  /** Host order. */
  readonly pool4: number;
  readonly pool4Port: number;
  readonly remote: number;
  readonly remotePort: number;
  readonly count: number;
  readonly lostBefore: number;
}

const KINDS = new Map(
  Object.keys(NatEventKind).flatMap((name) => (isKind(name) ? [[NatEventKind[name], name] as const] : [])),
);

function isKind(name: string): name is keyof typeof NatEventKind {
  return name in NatEventKind;
}

/** @returns the event at `offset`, or undefined where there is none of a known kind */
export function decodeNatEvent(bytes: Uint8Array, offset: number): NatEvent | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, NAT_EVENT_SIZE);
  const kind = [...KINDS].find(([number]) => number === view.getUint8(NAT_EVENT_KIND))?.[1];
  if (kind === undefined) return undefined;
  return {
    kind,
    timeMs: view.getFloat64(NAT_EVENT_TIME),
    protocol: view.getUint8(NAT_EVENT_PROTOCOL),
    client: bytes.slice(offset + NAT_EVENT_CLIENT, offset + NAT_EVENT_CLIENT + 16),
    clientPort: view.getUint16(NAT_EVENT_CLIENT_PORT),
    pool4: view.getUint32(NAT_EVENT_POOL4),
    pool4Port: view.getUint16(NAT_EVENT_POOL4_PORT),
    remote: view.getUint32(NAT_EVENT_REMOTE),
    remotePort: view.getUint16(NAT_EVENT_REMOTE_PORT),
    count: view.getUint32(NAT_EVENT_COUNT),
    lostBefore: view.getUint32(NAT_EVENT_LOST),
  };
}
