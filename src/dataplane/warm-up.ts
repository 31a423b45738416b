import { PacketPair } from '../linux/packet-pair.ts';
import { LITTLE_ENDIAN, Tun, VIRTIO_HEADER_SIZE } from '../linux/tun.ts';
import { complement, pseudoHeaderSum, sumWords } from '../net/checksum.ts';
import * as ip from '../net/ip-headers.ts';
import { GSO_TCPV4, GSO_TCPV6 } from '../net/offload.ts';
import * as transport from '../net/transport-headers.ts';
import { createTranslator } from '../translator/create.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { allocateSharedMemory, SharedState } from './shared-state.ts';
import { TunSink } from './tun-sink.ts';
import { WorkerCounter } from './worker-counters.ts';
import { NO_WALKS } from './table-walks.ts';
import { readingArena, WorkerLoop } from './worker-loop.ts';

/*
 * Has the just-in-time compiler see the way of a packet before the first real one comes. Until a function has run some
 * thousand times V8 interprets it, and a node that takes traffic over from another one gets all of it at once.
 *
 *      scratch loop ── scratch translator, with the instance's options and small tables
 *           │
 *      Tun over the near end of a socket pair     the same classes as on the real way, so that what is compiled fits it
 *           │
 *      the far end sends each flow's packet, and mirrors what comes out of the translator as the answer
 *
 * Nothing of this touches the instance's TUN, tables or counters.
 */

const ROUNDS = 2000;
/** The end of it on a machine that is busy, milliseconds. */
const LONGEST_MS = 150;
/** Rounds that a flow lives: new sessions are part of the way too. */
const ROUNDS_OF_A_FLOW = 64;
const RING_RECORDS = 1024;
const TABLE = 1024;
const CLIENT_PORT = 20_000;

const CLIENT6 = [0x2001_0db8, 0, 0, 1];
/** 64:ff9b:1::/48 is for local use (RFC 8215); 203.0.113.80 and 192.0.2.0/24 are for documentation (RFC 5737). */
const POOL6 = '64:ff9b:1::/96';
const SERVER6 = [0x0064_ff9b, 0x0001_0000, 0, 0xcb00_7150];
/** A stateless translator wants the client's address to embed an IPv4 one. */
const EMBEDDED_CLIENT6 = [0x0064_ff9b, 0x0001_0000, 0, 0xc000_0202];
const POOL4 = '192.0.2.0/24';

/** Two datagrams of one flow are joined where that is on. */
const FLOWS = [ip.PROTOCOL_UDP, ip.PROTOCOL_UDP, ip.PROTOCOL_TCP, ip.PROTOCOL_ICMPV6] as const;
const PAYLOAD = 64;
const SEGMENT = 32;

/** @returns packets that went through @throws SystemCallError */
export function warmUp(
  options: TranslatorOptions,
  joinDatagrams: boolean,
  nowMs: () => number,
  rounds = ROUNDS,
): number {
  const pair = PacketPair.open();
  try {
    return new WarmUp(pair, options, joinDatagrams, nowMs).run(rounds);
  } finally {
    pair.close();
  }
}

class WarmUp {
  readonly #pair: PacketPair;
  readonly #shared = new SharedState(allocateSharedMemory(RING_RECORDS));
  readonly #records = new Uint8Array(RING_RECORDS * 64);
  readonly #loop: WorkerLoop;
  readonly #nowMs: () => number;
  readonly #client: readonly number[];
  readonly #bytes = new Uint8Array(2048);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(pair: PacketPair, options: TranslatorOptions, joinDatagrams: boolean, nowMs: () => number) {
    this.#pair = pair;
    this.#nowMs = nowMs;
    this.#client = options.kind === 'siit' ? EMBEDDED_CLIENT6 : CLIENT6;
    const device = Tun.adopt(pair.near, 'a packet pair', []);
    const shared = this.#shared;
    const arena = readingArena();
    const sink = new TunSink(device, shared.workerCounters, arena);
    const translator = createTranslator(scratchOptions(options), sink, shared.translatorCounters);
    const nothing = (): void => undefined;
    this.#loop = new WorkerLoop(translator, shared, {
      device,
      sink,
      arena,
      joinDatagrams,
      nowMs,
      nowUs: () => performance.now() * 1000,
      sleep: nothing,
      beat: nothing,
      readMessages: nothing,
      walks: NO_WALKS,
      tellRecords: nothing,
      spinUs: 0,
      shards: undefined,
      originMs: performance.timeOrigin,
    });
  }

  run(rounds: number): number {
    const endMs = this.#nowMs() + LONGEST_MS;
    for (let round = 0; round < rounds; round++) {
      if (this.#nowMs() > endMs) break;
      this.#round(round);
      this.#shared.outbox.take(this.#records, 0, RING_RECORDS);
      this.#shared.events.take(this.#records, 0, RING_RECORDS);
    }
    return this.#shared.workerCounters[WorkerCounter.tunPacketsWritten];
  }

  /** A packet of each flow in one burst, then their answers in another. */
  #round(round: number): void {
    for (const protocol of FLOWS) this.#pair.send(this.#bytes, this.#writePacket(protocol, round));
    this.#loop.iterate();
    for (let length = this.#pair.receive(this.#bytes); length > 0; length = this.#pair.receive(this.#bytes)) {
      this.#mirror(length, round);
      this.#pair.send(this.#bytes, length);
    }
    this.#loop.iterate();
    while (this.#pair.receive(this.#bytes) > 0);
  }

  /** @returns bytes written, with the virtio-net header */
  #writePacket(protocol: number, round: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const at = VIRTIO_HEADER_SIZE;
    const l4 = at + ip.IPV6_HEADER;
    const header = protocol === ip.PROTOCOL_TCP ? transport.TCP_HEADER : transport.UDP_HEADER;
    const length = header + PAYLOAD;
    bytes.fill(0, 0, l4 + length);
    view.setUint32(at, 0x6000_0000);
    view.setUint16(at + ip.IPV6_PAYLOAD_LENGTH, length);
    bytes[at + ip.IPV6_NEXT_HEADER] = protocol;
    bytes[at + ip.IPV6_HOP_LIMIT] = 64;
    for (let word = 0; word < 4; word++) {
      view.setUint32(at + ip.IPV6_SOURCE + word * 4, this.#client[word]);
      view.setUint32(at + ip.IPV6_DESTINATION + word * 4, SERVER6[word]);
    }
    const port = CLIENT_PORT + Math.floor(round / ROUNDS_OF_A_FLOW);
    if (protocol === ip.PROTOCOL_ICMPV6) {
      bytes[l4] = transport.ICMPV6_ECHO;
      view.setUint16(l4 + transport.ICMP_IDENTIFIER, port);
    } else {
      view.setUint16(l4 + transport.SOURCE_PORT, port);
      view.setUint16(l4 + transport.DESTINATION_PORT, 443);
      if (protocol === ip.PROTOCOL_UDP) view.setUint16(l4 + transport.UDP_LENGTH, length);
      else this.#writeTcp(l4, round, GSO_TCPV6);
    }
    const sum = sumWords(view, at + ip.IPV6_SOURCE, ip.IPV6_HEADER - ip.IPV6_SOURCE + length);
    view.setUint16(l4 + checksumOf(protocol), complement(sum + pseudoHeaderSum(protocol, length)));
    return l4 + length;
  }

  /** A flow's first segment opens it; those after it are longer ones for the kernel to cut. */
  #writeTcp(l4: number, round: number, gsoType: number): void {
    const opens = round % ROUNDS_OF_A_FLOW === 0;
    const answers = gsoType === GSO_TCPV4;
    this.#bytes[l4 + transport.TCP_DATA_OFFSET] = 0x50;
    this.#bytes[l4 + transport.TCP_FLAGS] =
      (opens ? transport.TCP_SYN : 0) | (opens && !answers ? 0 : transport.TCP_ACK);
    if (opens) return;
    this.#bytes[0] = 1;
    this.#bytes[1] = gsoType;
    this.#view.setUint16(4, SEGMENT, LITTLE_ENDIAN);
  }

  /** Makes the IPv4 packet in the buffer its answer. The sums stay right where nothing but places change. */
  #mirror(length: number, round: number): void {
    const view = this.#view;
    const at = VIRTIO_HEADER_SIZE;
    const protocol = this.#bytes[at + ip.IPV4_PROTOCOL];
    const l4 = at + ip.IPV4_HEADER;
    const source = view.getUint32(at + ip.IPV4_SOURCE);
    view.setUint32(at + ip.IPV4_SOURCE, view.getUint32(at + ip.IPV4_DESTINATION));
    view.setUint32(at + ip.IPV4_DESTINATION, source);
    this.#bytes.fill(0, 0, at);
    if (protocol === ip.PROTOCOL_ICMP) {
      this.#bytes[l4] = transport.ICMPV4_ECHO_REPLY;
      view.setUint16(l4 + transport.ICMP_CHECKSUM, 0);
      view.setUint16(l4 + transport.ICMP_CHECKSUM, complement(sumWords(view, l4, length - l4)));
      return;
    }
    const port = view.getUint16(l4 + transport.SOURCE_PORT);
    view.setUint16(l4 + transport.SOURCE_PORT, view.getUint16(l4 + transport.DESTINATION_PORT));
    view.setUint16(l4 + transport.DESTINATION_PORT, port);
    if (protocol === ip.PROTOCOL_TCP) this.#writeTcp(l4, round, GSO_TCPV4);
  }
}

function checksumOf(protocol: number): number {
  if (protocol === ip.PROTOCOL_TCP) return transport.TCP_CHECKSUM;
  return protocol === ip.PROTOCOL_UDP ? transport.UDP_CHECKSUM : transport.ICMP_CHECKSUM;
}

/** The instance's options where they choose the way; addresses, tables and limits of its own. */
function scratchOptions(options: TranslatorOptions): TranslatorOptions {
  const common = { pool6: [POOL6], allowNonGlobal: true };
  if (options.kind === 'siit') return { ...options, ...common, eam: [], denylist4: [], rfc6791v4: [], rfc6791v6: [] };
  const pool4 = [
    { prefix: POOL4, ports: [1024, 65_535] as const, protocols: ['tcp', 'udp', 'icmp'] as const, clients: [] },
  ];
  return {
    ...options,
    ...common,
    pool4,
    static: [],
    portBlockSize: 0,
    deferMs: 0,
    limits: {
      ...options.limits,
      sessions: TABLE,
      bibEntries: TABLE,
      sharePerClient: 100,
      sharePerNetwork: 100,
      reserve: 0,
      sessionsPerClient: 0,
      sessionsFromOutsidePerClient: 0,
      portsPerClient: 0,
      newSessionsPerSecondPerClient: 0,
      fragmentsHeld: 16,
    },
  };
}
