import * as ip from '../../../net/ip-headers.ts';
import type { PacketOffload } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { AddressPair4, AddressPair6 } from '../../addresses.ts';
import { MssClamp } from '../../alg/mss-clamp.ts';
import { Counter, TranslatorCounters } from '../../counters.ts';
import { isTransport, ParsedPacket, parsePacket } from '../../parsed-packet.ts';
import { FittingEmitter } from '../../rfc7915/fitting-emitter.ts';
import { PacketTranslation } from '../../rfc7915/packet-translation.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';
import { AddressFilter } from '../packet/address-filter.ts';
import { ROW_WORDS, writeBibRow, writeSessionRow } from '../tables/table-rows.ts';
import { PreviewedInbound } from './previewed-inbound.ts';
import { PreviewedOutbound } from './previewed-outbound.ts';
import { answered, dropped, type Preview, type PreviewEnd, type PreviewParts, type PreviewStep } from './preview.ts';

/** Sender of a hairpinned packet: 16 bytes of address, port, and whether the packet has opened a session. */
interface Sender {
  readonly opened: boolean;
  readonly client: Uint8Array;
  readonly port: number;
}

const WHOLE: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

/**
 * Predicts what `PacketProcessing` would do with a packet, by the same steps and rules but without side effects:
 * nothing is created, counted, ended or reported. The output packet is produced by the same code in separate memory;
 * only its IPv4 identification differs. Supports whole packets of TCP, UDP and ICMP echo, not fragments or ICMP errors.
 * The rate limit of ICMP errors is not consulted.
 */
export class PacketPreview {
  readonly #parts: PreviewParts;
  readonly #addresses: AddressFilter;
  readonly #translation: PacketTranslation;
  readonly #emitter: FittingEmitter;
  readonly #p = new ParsedPacket();
  readonly #offload: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  readonly #steps: PreviewStep[] = [];
  readonly #out: Uint8Array[] = [];

  constructor(parts: PreviewParts) {
    const { options, pool6, pool4 } = parts;
    this.#parts = parts;
    this.#addresses = new AddressFilter(options, pool6, pool4);
    this.#translation = new PacketTranslation(options, 0, new MssClamp(options, new TranslatorCounters()));
    this.#emitter = new FittingEmitter({
      emit: (arena, offset, length) => this.#out.push(arena.bytes.slice(offset, offset + length)),
    });
  }

  /** @param packet with the IP header, as received @param offload of a GSO packet */
  preview(packet: Uint8Array, nowMs: number, offload: PacketOffload = WHOLE): Preview {
    Object.assign(this.#offload, offload);
    const arena = new PacketArena(HEADROOM + packet.length + TAILROOM);
    arena.bytes.set(packet, HEADROOM);
    const { verdict, reason } = this.#process(arena, HEADROOM, packet.length, nowMs);
    return { verdict, reason, steps: this.#steps, out: this.#out };
  }

  #process(arena: PacketArena, offset: number, length: number, nowMs: number): PreviewEnd {
    const p = this.#p;
    const broken = parsePacket(arena, offset, length, p);
    if (broken >= 0) return dropped(broken);
    return p.family === 6 ? this.#from6(arena, nowMs) : this.#from4(arena, nowMs);
  }

  #from6(arena: PacketArena, nowMs: number): PreviewEnd {
    const p = this.#p;
    const unfit = this.#addresses.from6(arena, p);
    if (unfit === Counter.answerNonGlobal) return answered(unfit);
    if (unfit >= 0) return dropped(unfit);
    if (p.hopLimit <= 1) return answered(Counter.answerTtl);
    if (!isTransport(p) || p.isFragment) return dropped(Counter.dropUnknownIcmp);
    const { options, store } = this.#parts;
    const { remote, toPool4 } = this.#addresses;
    const mtu4 = toPool4 ? ip.LARGEST_PACKET4 : options.mtu4;
    if (PacketTranslation.tooBigFor4(p, this.#offload, mtu4) > 0) return answered(Counter.answerTooBig);
    const outbound = new PreviewedOutbound(this.#parts);
    const ended = outbound.filter(arena, p, remote, nowMs);
    const own = { opened: outbound.opens, client: clientOf(arena, p), port: p.srcPort };
    this.#noteMapping(outbound);
    if (ended?.limited === true) {
      this.#steps.push({ kind: 'holdings', ...store.entries.clients.holdings(p.src0, p.src1, p.src2, p.src3) });
    }
    if (ended !== undefined) return ended;
    this.#noteSession(outbound.session, outbound.opens, nowMs);
    if (outbound.opens && options.deferMs > 0 && options.holdBackMs === 0 && store.sets.anyAlive()) {
      this.#steps.push({ kind: 'waitsForPeer', mostMs: options.deferMs });
    }
    const to = new AddressPair4();
    to.src = outbound.address;
    to.dst = remote;
    this.#noteRetired(outbound.address);
    this.#translation.to4(arena, p, this.#offload, to, outbound.port, p.dstPort);
    const { outOffset, outLength } = this.#translation;
    if (toPool4) return this.#hairpin(arena, outOffset, outLength, own, nowMs);
    this.#emitter.emit4(arena, outOffset, outLength, options.mtu4, this.#offload);
    return { verdict: 'translated', reason: -1 };
  }

  #hairpin(arena: PacketArena, offset: number, length: number, own: Sender, nowMs: number): PreviewEnd {
    const { shards, options } = this.#parts;
    this.#steps.push({ kind: 'hairpin' });
    const shard = shards?.of(arena, offset, length);
    if (shard !== undefined && shard !== options.shard?.index) {
      this.#steps.push({ kind: 'otherShard', shard });
      return { verdict: 'translated', reason: -1 };
    }
    const broken = parsePacket(arena, offset, length, this.#p);
    return broken >= 0 ? dropped(broken) : this.#from4(arena, nowMs, own);
  }

  /** @param sender for the second half of a hairpin */
  #from4(arena: PacketArena, nowMs: number, sender?: Sender): PreviewEnd {
    const p = this.#p;
    const verdict = sender === undefined ? 'translated' : 'hairpinned';
    const unfit = this.#addresses.from4(p);
    if (unfit >= 0) return dropped(unfit);
    if (p.hopLimit <= 1) return answered(Counter.answerTtl);
    if (!isTransport(p) || p.isFragment) return dropped(Counter.dropUnknownIcmp);
    const { store, options } = this.#parts;
    const { entries } = store;
    // To its own mapping, by the session that it has just opened: neither is in the tables yet.
    if (sender?.opened === true && p.src0 === p.dst0 && p.srcPort === p.dstPort) {
      if (PacketTranslation.tooBigFor6(p, this.#offload, options.mtu6) > 0) return answered(Counter.answerTooBig);
      this.#leave6(arena, sender.client, sender.port);
      return { verdict, reason: -1 };
    }
    const found = entries.findByPool4(p.protocol, p.dst0, p.dstPort);
    const bib = found >= 0 && !entries.isHeld(found) ? found : -1;
    this.#noteRetired(p.dst0);
    if (bib >= 0) this.#noteEntry(bib);
    if (this.#awaitsRecord(bib)) this.#steps.push({ kind: 'waitsForRecord' });
    const inbound = new PreviewedInbound(this.#parts, sender?.opened === true ? 1 : 0);
    if (bib < 0) return inbound.unmapped(p);
    if (PacketTranslation.tooBigFor6(p, this.#offload, options.mtu6) > 0) return answered(Counter.answerTooBig);
    const ended = inbound.filter(p, bib, nowMs);
    if (ended !== undefined) return ended;
    this.#noteSession(inbound.session, inbound.opens, nowMs);
    const client = new Uint8Array(16);
    entries.writeClient(bib, client, 0);
    this.#leave6(arena, client, entries.clientPort[bib]);
    return { verdict, reason: -1 };
  }

  #leave6(arena: PacketArena, client: Uint8Array, port: number): void {
    const p = this.#p;
    const { options, pool6 } = this.#parts;
    const to = new AddressPair6();
    pool6[0].embed(p.src0, to.bytes, AddressPair6.SOURCE);
    to.bytes.set(client, AddressPair6.DESTINATION);
    const srcPort = p.protocol === ip.PROTOCOL_ICMP ? 0 : p.srcPort;
    this.#translation.to6(arena, p, this.#offload, to, srcPort, port);
    const { outOffset, outLength } = this.#translation;
    const largest = p.dontFragment ? ip.LARGEST_PACKET6 : Math.min(options.mtu6, options.lowestIpv6Mtu);
    this.#emitter.emit6(arena, outOffset, outLength, largest, p, this.#offload);
  }

  /** Whether another node allocates its port, so that a record may be in transit. */
  #awaitsRecord(bib: number): boolean {
    const p = this.#p;
    const { store, pool4, inbound } = this.#parts;
    if (!store.sets.anyAlive() || (bib >= 0 && !inbound.lacksSession(p, bib))) return false;
    const { protocol, dst0, dstPort } = p;
    return pool4.contains(protocol, dst0, dstPort) && !pool4.allocates(protocol, dst0, dstPort);
  }

  #noteMapping({ bib, address, port, again }: PreviewedOutbound): void {
    if (bib >= 0 && !again) this.#noteEntry(bib);
    else if (address !== 0) this.#steps.push({ kind: 'newMapping', address, port, again });
  }

  #noteEntry(bib: number): void {
    const row = new Uint32Array(ROW_WORDS);
    writeBibRow(this.#parts.store, bib, row, 0);
    this.#steps.push({ kind: 'mapping', row });
  }

  #noteSession(session: number, opens: boolean, nowMs: number): void {
    if (session < 0) this.#steps.push({ kind: opens ? 'newSession' : 'noSession' });
    else {
      const row = new Uint32Array(ROW_WORDS);
      writeSessionRow(this.#parts.store, session, row, 0, nowMs);
      this.#steps.push({ kind: 'session', row });
    }
  }

  #noteRetired(address: number): void {
    if (!this.#parts.pool4.hasAddress(address)) this.#steps.push({ kind: 'retired', address });
  }
}

function clientOf({ bytes }: PacketArena, { offset }: ParsedPacket): Uint8Array {
  return bytes.slice(offset + ip.IPV6_SOURCE, offset + ip.IPV6_DESTINATION);
}
