import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { formatIpv4 } from '../../../net/ipv4-address.ts';
import { formatIpv6 } from '../../../net/ipv6-address.ts';
import { FlowTraffic } from '../../flow-offload.ts';
import type { ProtocolName } from '../../options.ts';
import type { SessionStore } from './session-store.ts';
import { TcpState } from './tcp-state.ts';

/** A BIB entry in words. */
export interface BibRow {
  readonly protocol: ProtocolName;
  readonly client: string;
  /** Ports; of ICMP the query identifier. */
  readonly clientPort: number;
  readonly pool4: string;
  readonly pool4Port: number;
  readonly sessions: number;
  readonly static: boolean;
  /** Age of its oldest session, of the newest OLDEST_OF where it has more; milliseconds, in whole seconds. */
  readonly oldestMs: number;
}

/** A session in words. */
export interface SessionRow extends Omit<BibRow, 'sessions' | 'static' | 'oldestMs'> {
  readonly remote: string;
  readonly remotePort: number;
  /** TCP state; empty for other protocols. */
  readonly state: string;
  /** Time until it ends without further packets; milliseconds. */
  readonly expiresInMs: number;
  /** Time since the last packet that restarted its timer; milliseconds. */
  readonly idleMs: number;
  /** Slot of the node that owns it. */
  readonly owner: number;
  /** Time since its creation on any node; milliseconds, in whole seconds. */
  readonly ageMs: number;
  /** Traffic translated by this node: packets from the client (out) and to it (in), and their bytes with IP headers. */
  readonly packetsOut: number;
  readonly bytesOut: number;
  readonly packetsIn: number;
  readonly bytesIn: number;
  /** Its packets take the fast path here. */
  readonly fastPath: boolean;
}

/*
 * A row as the worker writes it: words of 32 bits, because text would cost the worker ten times as much, during which
 * packets wait.
 *
 *     0 protocol │ state │ owner │ flags, a byte each     1 client port, pool4 port     2 remote port
 *     3 pool4     4 remote     5 … 8 client     9 expires in, ms, or age of the oldest session, s     10 idle, ms
 *     11 sessions, or age, s
 *     12 … 19 packets and bytes from the client, packets and bytes to it: two words each, the lower one first
 */
export const ROW_WORDS = 20;
const STATIC = 1;
const FAST_PATH = 2;
const WRAP = 2 ** 32;
/** Longer durations are shown as this: 49 days. */
const LONGEST_MS = 0xffff_ffff;

export const PROTOCOL_NAMES: ReadonlyMap<number, ProtocolName> = new Map([
  [PROTOCOL_TCP, 'tcp'],
  [PROTOCOL_UDP, 'udp'],
  [PROTOCOL_ICMP, 'icmp'],
]);
const STATE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(TcpState).map(([name, state]) => [state, state === TcpState.none ? '' : name]),
);

export function writeBibRow({ entries }: SessionStore, bib: number, out: Uint32Array, at: number): void {
  out[at] = entries.protocol[bib] | ((entries.isStatic(bib) ? STATIC : 0) << 24);
  out[at + 1] = (entries.clientPort[bib] << 16) | entries.pool4Port[bib];
  out[at + 3] = entries.pool4[bib];
  for (let word = 0; word < 4; word++) out[at + 5 + word] = entries.client[4 * bib + word];
  out[at + 11] = entries.liveSessions[bib];
}

/** Sessions of an entry that are read for the oldest: the list begins with the newest. */
const OLDEST_OF = 256;

/** @returns how many sessions were read */
export function writeOldest(
  { entries, sessions }: SessionStore,
  bib: number,
  out: Uint32Array,
  at: number,
  nowMs: number,
): number {
  let [oldestS, read] = [0, 0];
  for (let next = entries.sessionHead[bib] - 1; next >= 0 && read < OLDEST_OF; next = sessions.nextOfBib(next)) {
    oldestS = Math.max(oldestS, sessions.ageS(next, nowMs));
    read += 1;
  }
  out[at + 9] = oldestS;
  return read;
}

export function writeSessionRow(store: SessionStore, slot: number, out: Uint32Array, at: number, nowMs: number): void {
  const { sessions } = store;
  writeBibRow(store, sessions.bib[slot], out, at);
  const fast = store.settled?.has(slot) === true ? FAST_PATH : 0;
  out[at] |= (sessions.state[slot] << 8) | (sessions.owner[slot] << 16) | (fast << 24);
  out[at + 2] = sessions.remotePort[slot];
  out[at + 4] = sessions.remote[slot];
  // Called first, because it updates the last-seen time from the fast path.
  readTraffic(store, slot, TRAFFIC);
  const idleMs = sessions.lastSeen.since(slot, nowMs);
  out[at + 9] = Math.min(LONGEST_MS, Math.max(0, store.timeoutOf(slot) - idleMs));
  out[at + 10] = Math.min(LONGEST_MS, Math.max(0, idleMs));
  out[at + 11] = sessions.ageS(slot, nowMs);
  writeCount(out, at + 12, TRAFFIC.packets6to4);
  writeCount(out, at + 14, TRAFFIC.bytes6to4);
  writeCount(out, at + 16, TRAFFIC.packets4to6);
  writeCount(out, at + 18, TRAFFIC.bytes4to6);
}

const TRAFFIC = new FlowTraffic();

/** Traffic of a session on this node, in both paths, up to now; updates its last-seen time from the fast path. */
export function readTraffic({ settled, traffic }: SessionStore, slot: number, into: FlowTraffic): void {
  if (settled === undefined) into.clear();
  else settled.read(slot, into);
  traffic.addTo(slot, into);
}

function writeCount(out: Uint32Array, at: number, count: number): void {
  out[at] = count % WRAP;
  out[at + 1] = count / WRAP;
}

function countAt(words: Uint32Array, at: number): number {
  return words[at] + WRAP * words[at + 1];
}

/** Every row of a page. */
export function bibRows(words: Uint32Array): BibRow[] {
  return rowsOf(words, (at) => ({
    ...mapping(words, at),
    sessions: words[at + 11],
    static: ((words[at] >>> 24) & STATIC) !== 0,
    oldestMs: 1000 * words[at + 9],
  }));
}

/** Every row of a page. */
export function sessionRows(words: Uint32Array): SessionRow[] {
  return rowsOf(words, (at) => ({
    ...mapping(words, at),
    remote: formatIpv4(words[at + 4]),
    remotePort: words[at + 2],
    state: STATE_NAMES.get((words[at] >>> 8) & 255) ?? '',
    expiresInMs: words[at + 9],
    idleMs: words[at + 10],
    owner: (words[at] >>> 16) & 255,
    ageMs: 1000 * words[at + 11],
    packetsOut: countAt(words, at + 12),
    bytesOut: countAt(words, at + 14),
    packetsIn: countAt(words, at + 16),
    bytesIn: countAt(words, at + 18),
    fastPath: ((words[at] >>> 24) & FAST_PATH) !== 0,
  }));
}

function rowsOf<Row>(words: Uint32Array, rowAt: (at: number) => Row): Row[] {
  return Array.from({ length: words.length / ROW_WORDS }, (_, index) => rowAt(index * ROW_WORDS));
}

function mapping(words: Uint32Array, at: number): Omit<BibRow, 'sessions' | 'static' | 'oldestMs'> {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(4 * word, words[at + 5 + word]);
  return {
    protocol: PROTOCOL_NAMES.get(words[at] & 255) ?? 'icmp',
    client: formatIpv6(bytes),
    clientPort: words[at + 1] >>> 16,
    pool4: formatIpv4(words[at + 3]),
    pool4Port: words[at + 1] & 0xffff,
  };
}
