import type { Nat64Config } from '../../cluster/schema.ts';
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../net/ip-headers.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6, type Prefix4, type Prefix6 } from '../../net/prefix.ts';
import {
  JOOLD_REFUSALS,
  type JooldSession,
  type JooldState,
  type JooldTimer,
} from '../../replication/joold/joold-session.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import * as record from '../../translator/nat64/records/session-record.ts';
import { TcpState } from '../../translator/nat64/tables/tcp-state.ts';

/** Why a session of another translator, or a whole datagram, is rejected. */
export const ADOPT_REFUSALS = {
  ...JOOLD_REFUSALS,
  source: 'the datagram comes from an address that `from` does not name',
  rate: 'more came in a second than is read',
  busy: 'the worker had no capacity for it at that time',
  pool4: 'its IPv4 address or port is not in pool4',
  pool6: 'its server in IPv6 is not what pool6 makes of the one in IPv4',
  client: 'its client is none of this instance',
  destination: 'its server is no destination of this instance',
} as const;
export type AdoptRefusal = keyof typeof ADOPT_REFUSALS;

const PROTOCOLS = { tcp: PROTOCOL_TCP, udp: PROTOCOL_UDP, icmp: PROTOCOL_ICMP } as const;

const STATES: Readonly<Record<JooldState, TcpState>> = {
  ESTABLISHED: TcpState.established,
  V6_INIT: TcpState.v6Init,
  V4_INIT: TcpState.v4Init,
  V4_FIN_RCV: TcpState.v4Fin,
  V6_FIN_RCV: TcpState.v6Fin,
  V4_FIN_V6_FIN_RCV: TcpState.bothFin,
  TRANS: TcpState.trans,
};
const HALF_CLOSED: ReadonlySet<JooldState> = new Set(['V4_FIN_RCV', 'V6_FIN_RCV']);

interface PoolEntry {
  readonly prefix: Prefix4;
  readonly first: number;
  readonly last: number;
  readonly protocols: ReadonlySet<string>;
  readonly clients: readonly Prefix6[];
}

/** Accepts sessions of another translator that this instance could have made itself. Pure. */
export class ForeignSessions {
  readonly #slot: number;
  readonly #pool6: EmbeddingPrefix;
  readonly #pool4: readonly PoolEntry[];
  readonly #clients: readonly Prefix6[];
  readonly #destinations: readonly Prefix4[];
  readonly #embedded = new Uint8Array(16);

  /** @param slot owner in the records: one that no node has */
  constructor(slot: number, { pool6, pool4, clients, destinations }: Nat64Config) {
    this.#slot = slot;
    this.#pool6 = new EmbeddingPrefix(pool6[0] ?? '64:ff9b::/96');
    this.#pool4 = pool4.flatMap(({ prefix, ports: [first, last], protocols, clients: ofEntry }) => {
      const parsed = parsePrefix4(prefix);
      if (parsed === undefined) return [];
      return [{ prefix: parsed, first, last, protocols: new Set<string>(protocols), clients: prefixes6(ofEntry) }];
    });
    this.#clients = prefixes6(clients);
    this.#destinations = destinations.flatMap((text) => parsePrefix4(text) ?? []);
  }

  /**
   * Writes the session as a record of 64 bytes to `out` at `at`. Version 1, so that any record of a node has
   * precedence.
   * @returns why it is rejected
   */
  write(session: JooldSession, out: Uint8Array, at: number): AdoptRefusal | undefined {
    const server4 = this.#serverOf(session);
    if (server4 === undefined) return 'pool6';
    const refusal = this.#refusal(session, server4);
    if (refusal !== undefined) return refusal;
    const { protocol, client, clientPort, pool4, pool4Port, serverPort, lifetimeMs } = session;
    const view = new DataView(out.buffer, out.byteOffset + at, record.SESSION_RECORD_SIZE);
    out.fill(0, at, at + record.SESSION_RECORD_SIZE);
    view.setUint8(record.RECORD_KIND, record.RecordKind.create);
    view.setUint8(record.RECORD_OWNER, this.#slot);
    view.setUint8(record.RECORD_WRITER, this.#slot);
    view.setUint8(record.RECORD_PROTOCOL, PROTOCOLS[protocol]);
    view.setUint8(record.RECORD_STATE, stateOf(session));
    view.setUint8(record.RECORD_FLAGS, session.state === 'V4_INIT' ? record.SessionFlag.fromOutside : 0);
    view.setUint16(record.RECORD_CLIENT_PORT, clientPort);
    out.set(client, at + record.RECORD_CLIENT_ADDRESS);
    view.setUint32(record.RECORD_POOL4_ADDRESS, pool4);
    view.setUint16(record.RECORD_POOL4_PORT, pool4Port);
    view.setUint16(record.RECORD_REMOTE_PORT, protocol === 'icmp' ? 0 : serverPort);
    view.setUint32(record.RECORD_REMOTE_ADDRESS, server4);
    view.setUint32(record.RECORD_LIFETIME, Math.min(0xffffffff, lifetimeMs));
    view.setUint32(record.RECORD_VERSION + 4, 1);
    return undefined;
  }

  /**
   * The server's IPv4 address; if the session contains its IPv6 address, that must match this instance's pool6.
   * undefined: it does not.
   */
  #serverOf({ server4, server6 }: JooldSession): number | undefined {
    if (server6 === undefined) return server4;
    const own = this.#pool6.contains(server6, 0) ? this.#pool6.extract(server6, 0) : 0;
    this.#pool6.embed(own, this.#embedded, 0);
    return own !== 0 && this.#embedded.every((octet, index) => octet === server6[index]) ? own : undefined;
  }

  #refusal({ protocol, client, pool4, pool4Port }: JooldSession, server4: number): AdoptRefusal | undefined {
    const inside = (prefix: Prefix6): boolean => contains6(prefix, client);
    const served = this.#clients.length === 0 || this.#clients.some(inside);
    if (!served || !isUnicast6(client) || this.#pool6.contains(client, 0)) return 'client';
    if (!isUnicast4(server4) || !this.#destinations.some((prefix) => contains4(prefix, server4))) return 'destination';
    const entry = this.#pool4.find(
      ({ prefix, first, last, protocols }) =>
        contains4(prefix, pool4) && pool4Port >= first && pool4Port <= last && protocols.has(protocol),
    );
    if (entry === undefined) return 'pool4';
    return entry.clients.length === 0 || entry.clients.some(inside) ? undefined : 'client';
  }
}

/** A half-closed connection with the short timer has received a RST (Jool's handle-rst-during-fin-rcv): it ends. */
function stateOf({ protocol, state, timer }: JooldSession): TcpState {
  if (protocol !== 'tcp') return TcpState.none;
  return HALF_CLOSED.has(state) && timer === 'TRANS' ? TcpState.bothFin : STATES[state];
}

/** Jool's state and timer for the state in a record; undefined: not TCP. */
export function jooldStateOf(state: number): { readonly state: JooldState; readonly timer: JooldTimer } {
  const found = Object.entries(STATES).find(([, own]) => own === state)?.[0];
  const name = isJooldState(found) ? found : 'ESTABLISHED';
  return { state: name, timer: name === 'ESTABLISHED' || HALF_CLOSED.has(name) ? 'EST' : 'TRANS' };
}

function isJooldState(name: string | undefined): name is JooldState {
  return name !== undefined && Object.hasOwn(STATES, name);
}

function prefixes6(texts: readonly string[]): Prefix6[] {
  return texts.flatMap((text) => parsePrefix6(text) ?? []);
}

function isUnicast6(address: Uint8Array): boolean {
  const [first = 0, second = 0] = address;
  const linkLocal = first === 0xfe && (second & 0xc0) === 0x80;
  const low = address.subarray(0, 15).every((octet) => octet === 0) && (address[15] ?? 0) <= 1;
  return first !== 0xff && !linkLocal && !low;
}

function isUnicast4(address: number): boolean {
  const first = address >>> 24;
  return first !== 0 && first !== 127 && first < 224;
}
