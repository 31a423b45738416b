import { SessionFlows } from '../fastpath/session-flows.ts';
import { EventDescriptor } from '../linux/descriptors.ts';
import { PacketPair } from '../linux/packet-pair.ts';
import { LITTLE_ENDIAN, Tun, VIRTIO_HEADER_SIZE } from '../linux/tun.ts';
import { complement, pseudoHeaderSum, sumWords } from '../net/checksum.ts';
import * as ip from '../net/ip-headers.ts';
import { GSO_TCPV4, GSO_TCPV6 } from '../net/offload.ts';
import * as transport from '../net/transport-headers.ts';
import { createTranslator } from '../translator/create.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { PacketTrace } from './packet-trace.ts';
import { PacketWait } from './packet-wait.ts';
import { storesSessions } from './session-translator.ts';
import { allocateSharedMemory, monotonicMs, SharedState } from './shared-state.ts';
import { TunSink } from './tun-sink.ts';
import { WorkerCounter } from './worker-counters.ts';
import { NO_WALKS } from './table-walks.ts';
import { readingArena, WorkerLoop, type WorkerWorld } from './worker-loop.ts';

/*
 * Runs the packet path before the first real packet, so that V8 compiles it. A function is interpreted until it has run
 * some thousand times; a node that takes over traffic gets all of it at once, and with few packets, such as pings over
 * an idle gateway, it would never be compiled.
 *
 *      scratch loop, asleep ── the far end sends each flow's packet ──→ awake, translates, asleep
 *           │                                                                        │
 *      FairQueues over a Tun over the near end of a socket pair        the far end mirrors what came out
 *           │
 *      scratch translator, with the instance's options and small tables, and tables of a fast path where there is one
 *
 * Compiled code stays valid while objects have the classes that it was compiled for: so the same classes as in
 * operation are used, from the poll to the write. The worker's callbacks are varied between two loops, so that no call
 * is specialised for one of them. The instance's TUN, tables and counters are not touched.
 */

const ROUNDS = 2000;
/** Time limit on a busy machine, milliseconds. */
const LONGEST_MS = 300;
/** Rounds per flow: creating sessions, and entering the fast path, are part of the path too. */
const ROUNDS_OF_A_FLOW = 8;
const RING_RECORDS = 1024;
const TABLE = 1024;
const FLOWS_HELD = 1024;
const CLIENT_PORT = 20_000;

const CLIENT6 = [0x2001_0db8, 0, 0, 1];
/** 64:ff9b:1::/48 is for local use (RFC 8215); 203.0.113.80 and 192.0.2.0/24 are for documentation (RFC 5737). */
const POOL6 = '64:ff9b:1::/96';
const SERVER6 = [0x0064_ff9b, 0x0001_0000, 0, 0xcb00_7150];
/** A stateless translator requires a client address that embeds an IPv4 one. */
const EMBEDDED_CLIENT6 = [0x0064_ff9b, 0x0001_0000, 0, 0xc000_0202];
const POOL4 = '192.0.2.0/24';

/** Two datagrams of one flow, so that they are joined if that is enabled. */
const FLOWS = [ip.PROTOCOL_UDP, ip.PROTOCOL_UDP, ip.PROTOCOL_TCP, ip.PROTOCOL_ICMPV6] as const;
const PAYLOAD = 64;
const SEGMENT = 32;

export interface WarmUpOptions {
  readonly joinDatagrams: boolean;
  /** Whether sessions enter fast path tables; the kernel must permit creating them. */
  readonly fastPath: boolean;
  readonly nowMs: () => number;
  readonly rounds?: number;
}

/** @returns number of packets translated @throws SystemCallError, BpfError */
export function warmUp(options: TranslatorOptions, how: WarmUpOptions): number {
  const made: Array<{ close(): void }> = [];
  try {
    return new WarmUp(options, how, (part) => {
      made.push(part);
      return part;
    }).run();
  } finally {
    for (const part of made.toReversed()) part.close();
  }
}

/** Registers a resource to be closed at the end. */
type Keep = <Part extends { close(): void }>(part: Part) => Part;

class WarmUp {
  readonly #pair: PacketPair;
  readonly #wait: PacketWait;
  readonly #shared = new SharedState(allocateSharedMemory(RING_RECORDS));
  readonly #records = new Uint8Array(RING_RECORDS * 64);
  readonly #loops: readonly WorkerLoop[];
  readonly #nowMs: () => number;
  readonly #rounds: number;
  readonly #endMs: number;
  readonly #client: readonly number[];
  readonly #bytes = new Uint8Array(2048);
  readonly #view = new DataView(this.#bytes.buffer);
  #round = 0;
  /** Whether the packets of this round have been sent, and the answers are next. */
  #sent = false;

  constructor(
    options: TranslatorOptions,
    { joinDatagrams, fastPath, nowMs, rounds = ROUNDS }: WarmUpOptions,
    keep: Keep,
  ) {
    this.#pair = keep(PacketPair.open());
    this.#nowMs = nowMs;
    this.#rounds = rounds;
    this.#endMs = nowMs() + LONGEST_MS;
    this.#client = options.kind === 'siit' ? EMBEDDED_CLIENT6 : CLIENT6;
    const device = Tun.adopt(this.#pair.near, 'a packet pair', []);
    this.#wait = new PacketWait([device], keep(EventDescriptor.create()));
    const shared = this.#shared;
    const arena = readingArena();
    const sink = new TunSink(device, shared.workerCounters, arena);
    const translator = createTranslator(scratchOptions(options), sink, shared.translatorCounters);
    if (fastPath && storesSessions(translator)) {
      const flows = keep(new SessionFlows(FLOWS_HELD, { monotonicMs, clockOffsetMs: 0 }));
      flows.isAttached = true;
      translator.useFlowOffload(flows);
    }
    const world = {
      device: this.#wait.source,
      sink,
      arena,
      joinDatagrams,
      nowMs,
      nowUs: () => performance.now() * 1000,
      processor: new PacketTrace(translator, sink, () => []),
      walks: NO_WALKS,
      notifyRecords: () => undefined,
      spinUs: 0,
      shards: undefined,
      originMs: performance.timeOrigin,
    };
    this.#loops = [first, second].map((callbacks) => {
      const loop: WorkerLoop = new WorkerLoop(translator, shared, { ...world, ...callbacks(() => this.#rest(loop)) });
      return loop;
    });
  }

  run(): number {
    for (const loop of this.#loops) loop.run();
    return this.#shared.workerCounters[WorkerCounter.tunPacketsWritten];
  }

  /**
   * Half a round: a packet of each flow in one burst, or their answers in another. Each loop does half of the rounds.
   */
  #rest(loop: WorkerLoop): void {
    if (this.#sent) this.#answer();
    else {
      const half = loop === this.#loops[0] ? Math.floor(this.#rounds / 2) : this.#rounds;
      while (this.#pair.receive(this.#bytes) > 0);
      if (this.#round === half || this.#nowMs() > this.#endMs) return loop.stop();
      for (const protocol of FLOWS) this.#pair.send(this.#bytes, this.#writePacket(protocol, this.#round));
    }
    this.#sent = !this.#sent;
    this.#wait.sleep(0);
  }

  #answer(): void {
    for (let length = this.#pair.receive(this.#bytes); length > 0; length = this.#pair.receive(this.#bytes)) {
      this.#mirror(length, this.#round);
      this.#pair.send(this.#bytes, length);
    }
    this.#round += 1;
    this.#shared.outbox.take(this.#records, 0, RING_RECORDS);
    this.#shared.events.take(this.#records, 0, RING_RECORDS);
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

  /** A flow's first segment opens it; later ones are GSO packets. */
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

  /** Turns the IPv4 packet in the buffer into its answer. Checksums stay valid, because fields are only swapped. */
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

type Callbacks = Pick<WorkerWorld, 'sleep' | 'beat' | 'eachMs' | 'readMessages'>;

/** Callbacks of the loop, in two variants. */
function first(sleep: () => void): Callbacks {
  return { sleep: () => sleep(), beat: () => undefined, eachMs: () => undefined, readMessages: () => undefined };
}

function second(sleep: () => void): Callbacks {
  return { sleep: () => sleep(), beat: () => undefined, eachMs: () => undefined, readMessages: () => undefined };
}

function checksumOf(protocol: number): number {
  if (protocol === ip.PROTOCOL_TCP) return transport.TCP_CHECKSUM;
  return protocol === ip.PROTOCOL_UDP ? transport.UDP_CHECKSUM : transport.ICMP_CHECKSUM;
}

/** The instance's options where they affect the code path; with separate addresses, tables and limits. */
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
