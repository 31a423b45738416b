import {
  CONTROL,
  CONTROL_SIZE,
  type Count,
  COUNTS,
  COUNTS_SIZE,
  EXCLUSIONS,
  FLOW,
  FLOW_HOP,
  FLOW_SIZE,
  HOP,
} from '../../../src/fastpath/layout.ts';
import { packetProgram } from '../../../src/fastpath/packet-program.ts';
import { nextHops } from '../../../src/fastpath/next-hops.ts';
import { PairMaps } from '../../../src/fastpath/pair-maps.ts';
import type { FlowKind, FlowsToFind } from '../../../src/fastpath/program-steps.ts';
import { SessionFlows } from '../../../src/fastpath/session-flows.ts';
import { BpfMap, loadProgram } from '../../../src/linux/bpf.ts';
import { runProgram } from '../../../src/linux/bpf-attachments.ts';
import { monotonicMs } from '../../../src/dataplane/shared-state.ts';
import { libc } from '../../../src/linux/libc.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';
import { type FlowOffload, FlowTraffic, type SettledFlow } from '../../../src/translator/flow-offload.ts';

/** linux/pkt_cls.h, linux/bpf.h */
export const REDIRECTED = 7;
export const LEFT = -1;
const LOOPBACK = 1;
const GENERATION = 7;
const NEXT_HOP = [0x02, 0, 0, 0, 0, 0x01];
const OWN = [0x02, 0, 0, 0, 0, 0x02];

export interface Passed {
  readonly verdict: number;
  /** What came out, from the IP header on. */
  readonly packet: Uint8Array;
  /** With its MAC header. */
  readonly frame: Uint8Array;
  /** The counts that this packet has changed, and by how much. */
  readonly counted: Partial<Record<Count, number>>;
}

/**
 * The program in the kernel, with maps and without an interface: packets are shown to it one by one
 * (BPF_PROG_TEST_RUN), as if the loopback interface had received them. What enters has a next hop, so that no route is
 * asked for, unless a test says otherwise. Needs root.
 */
export class ProgramBench implements FlowOffload {
  readonly isAttached = true;
  readonly sessions: SessionFlows;
  readonly pairs: PairMaps;
  readonly hops: BpfMap;
  readonly control: BpfMap;
  readonly #counts: BpfMap;
  readonly program: number;
  /** By how much the clock of the worker is ahead, ms. */
  laterMs = 0;
  hasNextHop = true;
  largestKnown = 65_535;
  /** In the TOS byte of the IPv4 packets that the next hop is for. */
  dscp = 0;
  /** Of the IPv6 packets that the next hop is for. */
  trafficClass = 0;

  /** @param flows at once @param pool6 of the servers of sessions */
  constructor(kind: FlowKind = 'session', flows = 64, pool6 = '64:ff9b::/96') {
    this.sessions = new SessionFlows(flows, { monotonicMs: () => monotonicMs() + this.laterMs, clockOffsetMs: 0 });
    this.pairs = new PairMaps(flows);
    this.hops = nextHops();
    this.control = BpfMap.create({ type: 'array', keySize: 4, valueSize: CONTROL_SIZE, entries: 1, name: 'control' });
    this.#counts = BpfMap.create({
      type: 'perCpuArray',
      keySize: 4,
      valueSize: COUNTS_SIZE,
      entries: 1,
      name: 'counts',
    });
    const descriptors = {
      hops: this.hops.fd,
      control: this.control.fd,
      counts: this.#counts.fd,
    };
    const { prefix } = new EmbeddingPrefix(pool6);
    const found: FlowsToFind =
      kind === 'pair'
        ? { kind, fd6: this.pairs.flows6.fd, fd4: this.pairs.flows4.fd }
        : { kind, pool6: prefix, ...this.sessions.tables };
    this.program = loadProgram('traffic', packetProgram(descriptors, found), 'Dual MIT/GPL', 'fast_test');
    this.#writeNextHop();
    this.configure({});
  }

  /** Writes the control map: usual values, but for those named. */
  configure(changes: Partial<Record<keyof typeof CONTROL, number>>): void {
    const usual = {
      largest4: 1500,
      largest6: 1500,
      largest6Cut: 1280,
      copyTos: 1,
      tos: 0,
      copyClass: 1,
      generation: GENERATION,
      rules: this.pairs.rules,
      excludedFlags: 7,
    };
    const { until = Number(process.hrtime.bigint()) + 60e9, ...words } = { ...usual, ...changes };
    const { value } = this.control;
    value.setBigUint64(CONTROL.until, BigInt(until), true);
    for (const [name, at] of Object.entries(CONTROL)) {
      const word = Object.entries(words).find(([key]) => key === name);
      if (word !== undefined) value.setUint32(at, word[1], true);
    }
    this.control.put();
  }

  enter(flow: SettledFlow): boolean {
    if (!this.sessions.enter(flow)) return false;
    if (!this.hasNextHop) return true;
    for (const from of [6, 4] as const) {
      const view = this.lineOf(flow, from);
      if (view === undefined) throw new Error('what has entered is not there');
      view.setBigUint64(FLOW.hop, this.#hopOf(from), true);
    }
    return true;
  }

  /** What a flow has in the table of a direction. */
  lineOf(flow: SettledFlow, from: 4 | 6): DataView | undefined {
    const { memory, number } = this.sessions.placeOf(flow, from);
    return number === 0 ? undefined : new DataView(memory, number * FLOW_SIZE, FLOW_SIZE);
  }

  /** As PairOffload. */
  enterPair(flow: SettledFlow, from: 4 | 6): void {
    this.pairs.enter(flow, from);
    if (!this.hasNextHop) return;
    const map = from === 6 ? this.pairs.flows6 : this.pairs.flows4;
    map.value.setBigUint64(FLOW.hop, this.#hopOf(from), true);
    map.put();
  }

  forgetPairs(): void {
    this.pairs.rules += 1;
    this.configure({});
  }

  leave(flow: SettledFlow, traffic: FlowTraffic): void {
    this.sessions.leave(flow, traffic);
  }

  read(flow: SettledFlow, traffic: FlowTraffic): void {
    this.sessions.read(flow, traffic);
  }

  /**
   * Shows it a packet. @param padding bytes that Ethernet has put behind it @param summed the interface has summed all of
   * it: throws when that sum is wrong afterwards (Linux 6.10)
   */
  run(
    packet: Uint8Array,
    { gsoSize = 0, padding = 0, destinationMac = 0, etherType = 0, summed = false } = {},
  ): Passed {
    const frame = new Uint8Array(14 + packet.length + padding);
    const type = etherType !== 0 ? etherType : packet[0] >> 4 === 6 ? 0x86dd : 0x0800;
    frame.set([destinationMac, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 9, type >> 8, type & 255]);
    frame.set(packet, 14);
    const before = this.#read();
    const { verdict, packet: out } = runProgram(this.program, frame, gsoSize, summed);
    const counted: Partial<Record<Count, number>> = {};
    const after = this.#read();
    for (const [index, name] of COUNTS.entries()) {
      const more = after[index] - before[index];
      if (more !== 0) counted[name] = more;
    }
    return { verdict, packet: out.slice(14), frame: out.slice(), counted };
  }

  /** Why a packet that was left as it came was; throws when it was not. */
  whyLeft(packet: Uint8Array, options: Parameters<ProgramBench['run']>[1] = {}): string {
    const { verdict, packet: out, counted } = this.run(packet, options);
    if (verdict !== LEFT) throw new Error(`the verdict is ${verdict}, ${JSON.stringify(counted)}`);
    if (!Buffer.from(out.subarray(0, packet.length)).equals(packet)) throw new Error('it was changed and left');
    const [[why, count] = ['nothing', 0], ...others] = Object.entries(counted);
    if (count !== 1 || others.length > 0 || !EXCLUSIONS.some((name) => name === why)) {
      throw new Error(`it is counted as ${JSON.stringify(counted)}`);
    }
    return why;
  }

  close(): void {
    libc.close(this.program);
    this.sessions.close();
    this.pairs.close();
    this.hops.close();
    this.control.close();
    this.#counts.close();
  }

  /** The one next hop that flows have here. */
  #writeNextHop(): void {
    const { value } = this.hops;
    value.setUint32(HOP.of, GENERATION, true);
    value.setUint32(HOP.of + 4, LOOPBACK, true);
    for (const [word, mac] of [
      [HOP.to, NEXT_HOP],
      [HOP.from, OWN],
    ] as const) {
      for (const [index, byte] of mac.entries()) value.setUint8(word + index, byte);
      value.setUint16(word + 6, GENERATION, true);
    }
    value.setUint32(HOP.out, LOOPBACK, true);
    value.setUint32(HOP.out + 4, GENERATION, true);
    this.hops.put();
  }

  /** What a flow remembers of it. */
  #hopOf(from: 4 | 6): bigint {
    const { indexBits, largestBits, dscpBits } = FLOW_HOP;
    const dscp = BigInt((from === 6 ? this.dscp : this.trafficClass) >> 2);
    const asked = (BigInt(GENERATION) << BigInt(dscpBits)) | dscp;
    return (asked << BigInt(indexBits + largestBits)) | (BigInt(this.largestKnown) << BigInt(indexBits));
  }

  /** In the order of COUNTS. */
  #read(): number[] {
    this.#counts.get();
    const { value } = this.#counts;
    return COUNTS.map((_, index) => {
      let sum = 0;
      for (let at = 8 * index; at < value.byteLength; at += COUNTS_SIZE) sum += Number(value.getBigUint64(at, true));
      return sum;
    });
  }
}

export const MAC_HEADER = [...NEXT_HOP, ...OWN];
