import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { formatIpv4 } from '../../../net/ipv4-address.ts';
import { formatIpv6 } from '../../../net/ipv6-address.ts';
import type { ProtocolName } from '../../options.ts';
import type { SessionStore } from './session-store.ts';
import { TcpState } from './tcp-state.ts';

/** A BIB entry in words; survives a structured clone. */
export interface BibRow {
  readonly protocol: ProtocolName;
  readonly client: string;
  /** Ports; of ICMP the query identifier. */
  readonly clientPort: number;
  readonly pool4: string;
  readonly pool4Port: number;
  readonly sessions: number;
  readonly static: boolean;
}

/** A session in words. */
export interface SessionRow extends Omit<BibRow, 'sessions' | 'static'> {
  readonly remote: string;
  readonly remotePort: number;
  /** Of TCP; else empty. */
  readonly state: string;
  /** Until it ends if no packet comes; milliseconds. */
  readonly expiresInMs: number;
  /** Slot of the node that owns it. */
  readonly owner: number;
}

export interface TablePage<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; -1: this was the last one. */
  readonly next: number;
}

/**
 * Table slots that one page looks at, so that reading a large table keeps packets waiting for a millisecond at most.
 */
const SLOTS_PER_PAGE = 512;

export const PROTOCOL_NAMES: ReadonlyMap<number, ProtocolName> = new Map([
  [PROTOCOL_TCP, 'tcp'],
  [PROTOCOL_UDP, 'udp'],
  [PROTOCOL_ICMP, 'icmp'],
]);
const STATE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(TcpState).map(([name, state]) => [state, state === TcpState.none ? '' : name]),
);

/** The sessions from table slot `from` on. What changes between two pages may be missed or seen twice; nothing else. */
export function sessionPage(store: SessionStore, from: number, nowMs: number): TablePage<SessionRow> {
  const { sessions, entries } = store;
  const end = Math.min(sessions.used, from + SLOTS_PER_PAGE);
  const rows: SessionRow[] = [];
  for (let slot = from; slot < end; slot++) {
    if (!sessions.isLive(slot)) continue;
    const bib = sessions.bib[slot];
    rows.push({
      protocol: PROTOCOL_NAMES.get(entries.protocol[bib]) ?? 'icmp',
      client: clientText(store, bib),
      clientPort: entries.clientPort[bib],
      pool4: formatIpv4(entries.pool4[bib]),
      pool4Port: entries.pool4Port[bib],
      remote: formatIpv4(sessions.remote[slot]),
      remotePort: sessions.remotePort[slot],
      state: STATE_NAMES.get(sessions.state[slot]) ?? '',
      expiresInMs: store.remainingMs(slot, nowMs),
      owner: sessions.owner[slot],
    });
  }
  return { rows, next: end < sessions.used ? end : -1 };
}

/** The BIB from table slot `from` on. */
export function bibPage(store: SessionStore, from: number): TablePage<BibRow> {
  const { entries } = store;
  const end = Math.min(entries.used, from + SLOTS_PER_PAGE);
  const rows: BibRow[] = [];
  for (let slot = from; slot < end; slot++) {
    if (!entries.isLive(slot)) continue;
    rows.push({
      protocol: PROTOCOL_NAMES.get(entries.protocol[slot]) ?? 'icmp',
      client: clientText(store, slot),
      clientPort: entries.clientPort[slot],
      pool4: formatIpv4(entries.pool4[slot]),
      pool4Port: entries.pool4Port[slot],
      sessions: entries.sessionCount[slot],
      static: entries.isStatic(slot),
    });
  }
  return { rows, next: end < entries.used ? end : -1 };
}

function clientText({ entries }: SessionStore, bib: number): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(4 * word, entries.client[4 * bib + word]);
  return formatIpv6(bytes);
}
