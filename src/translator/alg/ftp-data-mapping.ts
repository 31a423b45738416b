import { IPV6_SOURCE, PROTOCOL_TCP } from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import type { Pool4 } from '../nat64/ports/pool4.ts';
import { Admission, Supply } from '../nat64/tables/client-table.ts';
import type { SessionStore } from '../nat64/tables/session-store.ts';
import { TcpState } from '../nat64/tables/tcp-state.ts';
import type { ParsedPacket } from '../parsed-packet.ts';

/** The port from which servers open data connections (RFC 959 section 5.2). */
const FTP_DATA_PORT = 20;

/**
 * Prepares for a data connection that the server will open (RFC 6384 section 7.2): a BIB entry for the port that the
 * client listens on, and a session that waits for the server's SYN, with the timeout of an unsolicited SYN (RFC 6146
 * section 3.5.2.2, V4 INIT).
 */
export class DataMapping {
  /** The pool4 address and port that represent the client's, set by `make`. */
  address = 0;
  port = 0;
  pool4: Pool4;
  readonly #store: SessionStore;
  readonly #counters: TranslatorCounters;
  readonly #ports = new Supply();

  constructor(store: SessionStore, pool4: Pool4, counters: TranslatorCounters) {
    this.#store = store;
    this.pool4 = pool4;
    this.#counters = counters;
  }

  /**
   * @param p a packet of the control session from the client
   * @param control the control session
   * @returns false when no port is free, a table is full, or the client has reached a limit
   */
  make(arena: PacketArena, p: ParsedPacket, clientPort: number, control: number, nowMs: number): boolean {
    const { entries, sessions } = this.#store;
    const remote = sessions.remote[control];
    const address = entries.pool4[sessions.bib[control]];
    let bib = entries.findByClient(PROTOCOL_TCP, p.src0, p.src1, p.src2, p.src3, clientPort);
    if (bib < 0) bib = this.#create(arena, p, clientPort, address, nowMs);
    // A server rejects a PORT whose host differs from its peer on the control connection (RFC 2577 section 3).
    if (bib < 0 || entries.pool4[bib] !== address) return false;
    if (sessions.find(bib, remote, FTP_DATA_PORT) < 0) {
      const allowed = entries.sessionCount[bib] === 0 || this.#store.admitsSession(bib, nowMs) === Admission.granted;
      if (!allowed || this.#store.open(bib, remote, FTP_DATA_PORT, TcpState.v4Init, nowMs) < 0) {
        if (entries.sessionCount[bib] === 0 && !entries.isStatic(bib)) entries.hold(bib, nowMs);
        return false;
      }
    }
    this.address = address;
    this.port = entries.pool4Port[bib];
    return true;
  }

  /** @returns the new entry, or -1 */
  #create(arena: PacketArena, p: ParsedPacket, clientPort: number, address: number, nowMs: number): number {
    const { entries } = this.#store;
    const client = p.offset + IPV6_SOURCE;
    const ports = this.pool4.supply(entries, PROTOCOL_TCP, arena.bytes, client, this.#ports);
    if (this.#store.admitsEntry(p, ports, nowMs) !== Admission.granted) return -1;
    if (!this.pool4.allocate(entries, PROTOCOL_TCP, arena.bytes, client)) return -1;
    if (this.pool4.address !== address) return -1;
    const bib = entries.create(PROTOCOL_TCP, p.src0, p.src1, p.src2, p.src3, clientPort, address, this.pool4.port);
    if (bib < 0) return -1;
    entries.enterBlock(bib);
    this.#counters.add(Counter.bibCreated);
    return bib;
  }
}
