import { complement, pseudoHeaderSum, sumWords } from '../../../net/checksum.ts';
import * as ip from '../../../net/ip-headers.ts';
import { GSO_NONE, type PacketOffload } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import * as l4 from '../../../net/transport-headers.ts';
import { AddressPair6 } from '../../addresses.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import { Header6, writeHeader6 } from '../../rfc7915/header-writer.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import { HEADROOM, type PacketSink, TAILROOM } from '../../translator.ts';
import type { BibTable } from '../tables/bib-table.ts';
import type { SessionTable } from '../tables/session-table.ts';

const HOP_LIMIT = 64;

/**
 * The probe of RFC 6146 section 3.5.2.2: when an established session has been idle for its whole lifetime, the client
 * is sent an empty segment that appears to come from the server. A client that still has the connection answers with
 * what it expects (RFC 9293 section 3.10.7.4), and the answer refreshes the session; one that has closed it answers
 * with RST. Sequence and acknowledgement numbers are zero: the session table does not store them.
 */
export class TcpProbe {
  readonly #prefix: EmbeddingPrefix;
  readonly #sink: PacketSink;
  readonly #counters: TranslatorCounters;
  readonly #arena = new PacketArena(HEADROOM + ip.IPV6_HEADER + l4.TCP_HEADER + TAILROOM);
  readonly #pair = new AddressPair6();
  readonly #header = new Header6();
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };

  /** @param prefix pool6 prefix for the server's address */
  constructor(prefix: EmbeddingPrefix, sink: PacketSink, counters: TranslatorCounters) {
    this.#prefix = prefix;
    this.#sink = sink;
    this.#counters = counters;
  }

  send(entries: BibTable, sessions: SessionTable, slot: number): void {
    const bib = sessions.bib[slot];
    this.#prefix.embed(sessions.remote[slot], this.#pair.bytes, AddressPair6.SOURCE);
    entries.writeClient(bib, this.#pair.bytes, AddressPair6.DESTINATION);
    const header = this.#header;
    header.payloadLength = l4.TCP_HEADER;
    header.nextHeader = ip.PROTOCOL_TCP;
    header.hopLimit = HOP_LIMIT;
    writeHeader6(this.#arena, HEADROOM, header, this.#pair);
    this.#writeSegment(sessions.remotePort[slot], entries.clientPort[bib]);
    this.#plain.partialChecksum = false;
    this.#sink.emit(this.#arena, HEADROOM, ip.IPV6_HEADER + l4.TCP_HEADER, this.#plain);
    this.#counters.add(Counter.tcpProbes);
  }

  #writeSegment(from: number, to: number): void {
    const { bytes, view } = this.#arena;
    const at = HEADROOM + ip.IPV6_HEADER;
    bytes.fill(0, at, at + l4.TCP_HEADER);
    view.setUint16(at + l4.SOURCE_PORT, from);
    view.setUint16(at + l4.DESTINATION_PORT, to);
    bytes[at + l4.TCP_DATA_OFFSET] = (l4.TCP_HEADER / 4) << 4;
    bytes[at + l4.TCP_FLAGS] = l4.TCP_ACK;
    const sum = this.#pair.sum() + pseudoHeaderSum(ip.PROTOCOL_TCP, l4.TCP_HEADER) + sumWords(view, at, l4.TCP_HEADER);
    view.setUint16(at + l4.TCP_CHECKSUM, complement(sum));
  }
}
