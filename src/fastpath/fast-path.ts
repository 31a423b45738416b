import { BpfMap, interfaceIndex, TrafficProgram } from '../linux/bpf.ts';
import type { SettledFlow, FlowOffload } from '../translator/nat64/packet/flow-offload.ts';
import {
  CONTROL,
  CONTROL_SIZE,
  COUNTS,
  COUNTS_SIZE,
  FLOW,
  FLOW_SIZE,
  KEY4,
  KEY4_SIZE,
  KEY6,
  KEY6_SIZE,
} from './layout.ts';
import { packetProgram } from './packet-program.ts';

/**
 * The program asks the kernel for routes, which it may only under a licence that goes with the GPL; it is ours, and
 * free under both.
 */
const LICENSE = 'Dual MIT/GPL';
/** How long the program goes on when nobody says that it may, ms. */
export const FENCE_MS = 1000;
const TWO32 = 0x1_0000_0000;
const NS_PER_MS = 1e6;

/** What the program needs to know of the translator's options; it may change while it works. */
export interface FastPathLimits {
  /** Largest packets as they go out, bytes; `largest6Cut`: made of IPv4 packets without DF. */
  readonly largest4: number;
  readonly largest6: number;
  readonly largest6Cut: number;
  /** 'copy', or what is written instead. */
  readonly tos: 'copy' | number;
  readonly trafficClass: 'copy' | 'zero';
}

export interface FastPathOptions {
  readonly interfaces: readonly string[];
  /** Flows at once. */
  readonly flows: number;
  readonly limits: FastPathLimits;
  /** Milliseconds on the kernel's monotonic clock. */
  readonly monotonicMs: () => number;
  /** What the translator's clock is behind the monotonic one, ms. */
  readonly clockOffsetMs: number;
}

/**
 * Translates the packets of settled sessions inside the kernel. Opened, used and closed by one thread, in its network
 * namespace.
 */
export class FastPath implements FlowOffload {
  /** Packets and bytes that took it, from clients and to them. */
  readonly counts = { packets6to4: 0, bytes6to4: 0, packets4to6: 0, bytes4to6: 0 };
  readonly #flows6: BpfMap;
  readonly #flows4: BpfMap;
  readonly #control: BpfMap;
  readonly #counts: BpfMap;
  readonly #program: TrafficProgram;
  readonly #options: FastPathOptions;
  /** Bytes of the keys and values above, to copy addresses into. */
  readonly #key6: Uint8Array;
  readonly #value4: Uint8Array;
  /** Index by name of the interfaces that it is attached to. */
  readonly #attached = new Map<string, number>();

  private constructor(options: FastPathOptions, made: Array<{ close(): void }>) {
    const map = (created: BpfMap): BpfMap => {
      made.push(created);
      return created;
    };
    const { flows } = options;
    this.#options = options;
    this.#flows6 = map(
      BpfMap.create({ type: 'hash', keySize: KEY6_SIZE, valueSize: FLOW_SIZE, entries: flows, name: 'isthmus_flows6' }),
    );
    this.#flows4 = map(
      BpfMap.create({ type: 'hash', keySize: KEY4_SIZE, valueSize: FLOW_SIZE, entries: flows, name: 'isthmus_flows4' }),
    );
    this.#control = map(
      BpfMap.create({ type: 'array', keySize: 4, valueSize: CONTROL_SIZE, entries: 1, name: 'isthmus_control' }),
    );
    this.#counts = map(
      BpfMap.create({ type: 'perCpuArray', keySize: 4, valueSize: COUNTS_SIZE, entries: 2, name: 'isthmus_counts' }),
    );
    const program = packetProgram({
      flows6: this.#flows6.fd,
      flows4: this.#flows4.fd,
      control: this.#control.fd,
      counts: this.#counts.fd,
    });
    this.#program = TrafficProgram.load(program, LICENSE, 'isthmus');
    made.push(this.#program);
    this.#key6 = new Uint8Array(this.#flows6.key.buffer);
    this.#value4 = new Uint8Array(this.#flows4.value.buffer);
    this.configure(options.limits);
    this.attachAll();
  }

  /** @throws SystemCallError, BpfError: the kernel has no such thing, or does not let this process have it */
  static open(options: FastPathOptions): FastPath {
    const made: Array<{ close(): void }> = [];
    try {
      return new FastPath(options, made);
    } catch (error) {
      for (const part of made.toReversed()) part.close();
      throw error;
    }
  }

  /** Names of the interfaces that it is attached to now. */
  get interfaces(): readonly string[] {
    return [...this.#attached.keys()];
  }

  configure({ largest4, largest6, largest6Cut, tos, trafficClass }: FastPathLimits): void {
    const { value } = this.#control;
    value.setUint32(CONTROL.largest4, largest4, true);
    value.setUint32(CONTROL.largest6, largest6, true);
    value.setUint32(CONTROL.largest6Cut, largest6Cut, true);
    value.setUint32(CONTROL.copyTos, tos === 'copy' ? 1 : 0, true);
    value.setUint32(CONTROL.tos, tos === 'copy' ? 0 : tos, true);
    value.setUint32(CONTROL.copyClass, trafficClass === 'copy' ? 1 : 0, true);
    this.beat();
  }

  /** Lets the program go on for FENCE_MS from now, and reads what it has counted. */
  beat(): void {
    writeNs(this.#control.value, CONTROL.until, this.#options.monotonicMs() + FENCE_MS);
    this.#control.put();
    const { counts } = this;
    counts.packets6to4 = this.#counted(0, COUNTS.packets);
    counts.bytes6to4 = this.#sum(COUNTS.bytes);
    counts.packets4to6 = this.#counted(1, COUNTS.packets);
    counts.bytes4to6 = this.#sum(COUNTS.bytes);
  }

  /** Attaches it to the interfaces that have come, or come back. @throws SystemCallError */
  attachAll(): void {
    for (const name of this.#options.interfaces) {
      const index = interfaceIndex(name);
      const before = this.#attached.get(name);
      if (before === index || (before === undefined && index === 0)) continue;
      if (before !== undefined) this.#program.detach(before);
      this.#attached.delete(name);
      if (index === 0) continue;
      this.#program.attach(index, name);
      this.#attached.set(name, index);
    }
  }

  enter(flow: SettledFlow): boolean {
    this.#writeKeys(flow);
    this.#writeValues(flow);
    // First the way back: an answer must not meet half a flow.
    if (!this.#flows4.put()) return false;
    if (this.#flows6.put()) return true;
    this.#flows4.remove();
    return false;
  }

  leave(flow: SettledFlow): void {
    this.#writeKeys(flow);
    this.#flows6.remove();
    this.#flows4.remove();
  }

  lastSeenMs(flow: SettledFlow): number {
    this.#writeKeys(flow);
    const from6 = this.#flows6.get() ? readNs(this.#flows6.value, FLOW.lastSeen) : 0;
    const from4 = this.#flows4.get() ? readNs(this.#flows4.value, FLOW.lastSeen) : 0;
    return Math.max(from6, from4) - this.#options.clockOffsetMs;
  }

  close(): void {
    for (const part of [this.#program, this.#flows6, this.#flows4, this.#control, this.#counts]) part.close();
    this.#attached.clear();
  }

  #writeKeys(flow: SettledFlow): void {
    const key6 = this.#flows6.key;
    this.#key6.set(flow.client, KEY6.client);
    this.#key6.set(flow.server6, KEY6.server);
    key6.setUint16(KEY6.sourcePort, flow.clientPort);
    key6.setUint16(KEY6.destinationPort, flow.serverPort);
    key6.setUint32(KEY6.protocol, flow.protocol, true);
    const key4 = this.#flows4.key;
    key4.setUint32(KEY4.pool4, flow.pool4);
    key4.setUint32(KEY4.server, flow.server4);
    key4.setUint16(KEY4.sourcePort, flow.serverPort);
    key4.setUint16(KEY4.destinationPort, flow.pool4Port);
    key4.setUint32(KEY4.protocol, flow.protocol, true);
  }

  #writeValues(flow: SettledFlow): void {
    const to4 = this.#flows6.value;
    const to6 = this.#flows4.value;
    const sum6 = sumOf(flow.client) + sumOf(flow.server6);
    const sum4 = sumOfWord(flow.pool4) + sumOfWord(flow.server4);
    for (const value of [to4, to6]) {
      writeNs(value, FLOW.lastSeen, 0);
      value.setUint32(FLOW.slot, flow.slot, true);
    }
    to4.setUint32(FLOW.addressDelta, delta(sum4, sum6), true);
    to4.setUint32(FLOW.portDelta, delta(swapped(flow.pool4Port), swapped(flow.clientPort)), true);
    to4.setUint32(FLOW.source, flow.pool4);
    to4.setUint32(FLOW.destination, flow.server4);
    to4.setUint16(FLOW.port, flow.pool4Port);
    to6.setUint32(FLOW.addressDelta, delta(sum6, sum4), true);
    to6.setUint32(FLOW.portDelta, delta(swapped(flow.clientPort), swapped(flow.pool4Port)), true);
    this.#value4.set(flow.server6, FLOW.source);
    this.#value4.set(flow.client, FLOW.destination);
    to6.setUint16(FLOW.port, flow.clientPort);
  }

  #counted(direction: number, field: number): number {
    this.#counts.key.setUint32(0, direction, true);
    return this.#counts.get() ? this.#sum(field) : 0;
  }

  /** Of all CPUs, in what was read last. */
  #sum(field: number): number {
    const { value } = this.#counts;
    let sum = 0;
    for (let at = field; at < value.byteLength; at += COUNTS_SIZE) sum += read64(value, at);
    return sum;
  }
}

function read64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * TWO32;
}

function readNs(view: DataView, at: number): number {
  return read64(view, at) / NS_PER_MS;
}

function writeNs(view: DataView, at: number, ms: number): void {
  const ns = ms * NS_PER_MS;
  view.setUint32(at, ns % TWO32, true);
  view.setUint32(at + 4, Math.floor(ns / TWO32), true);
}

/** The sum of the words as a little-endian machine reads them. */
function sumOf(address: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < address.length; at += 2) sum += address[at] + (address[at + 1] << 8);
  return sum;
}

function sumOfWord(address: number): number {
  return swapped(address >>> 16) + swapped(address & 0xffff);
}

function swapped(word: number): number {
  return ((word & 0xff) << 8) | (word >>> 8);
}

/** after − before, in 32 bits of ones' complement. */
function delta(after: number, before: number): number {
  const sum = after + (TWO32 - 1 - before);
  return sum >= TWO32 ? sum - TWO32 + 1 : sum;
}
