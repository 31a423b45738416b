import { BpfMap } from '../linux/bpf.ts';
import type { AttachedProgram } from '../linux/bpf-attachments.ts';
import { TrafficProgram } from '../linux/traffic-program.ts';
import type { Prefix6 } from '../net/prefix.ts';
import type { PairOffload, SettledFlow } from '../translator/flow-offload.ts';
import { CONTROL, type Count, COUNTS, COUNTS_SIZE, FENCE_MS } from './layout.ts';
import { CONTROL_MAP, FAST_PATH_NAME, isLeftBehind } from './left-programs.ts';
import { read64, writeMs } from './map-numbers.ts';
import { nextHops } from './next-hops.ts';
import { packetProgram } from './packet-program.ts';
import { PairMaps } from './pair-maps.ts';
import { type FlowClocks, SessionFlows } from './session-flows.ts';

/** The program calls route look-up helpers, which require a GPL-compatible licence; it is ours, and dual-licensed. */
const LICENSE = 'Dual MIT/GPL';
/** Maximum age of a next hop when no route change has been reported, ms. */
const ROUTES_TRUSTED_MS = 1000;

/** Translator options that the program uses; they may change while it runs. */
export interface FastPathLimits {
  /** Maximum size of sent packets, bytes; `largest6Cut`: for those made of IPv4 packets without DF. */
  readonly largest4: number;
  readonly largest6: number;
  readonly largest6Cut: number;
  /** 'copy', or the value to write. */
  readonly tos: 'copy' | number;
  readonly trafficClass: 'copy' | 'zero';
  /** TCP flags whose packets take the slow path, as in the header. */
  readonly excludedFlags: number;
}

export interface FastPathOptions extends FlowClocks {
  /** Prefix of the servers, for sessions; absent: the flows are pairs of addresses. */
  readonly pool6?: Prefix6;
  /** Maximum number of flows. */
  readonly flows: number;
  readonly limits: FastPathLimits;
}

/**
 * Translates packets of settled sessions in the kernel, once `FastPathAttachment` has attached the program to
 * interfaces. Opened, used and closed by one thread.
 */
export class FastPath implements PairOffload {
  /** Counts of the program, as of the last `beat`. */
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the keys
  readonly counts = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<Count, number>;
  /** Interface to sessions; undefined: the flows are pairs of addresses. */
  readonly sessions: SessionFlows | undefined;
  readonly #pairs: PairMaps | undefined;
  readonly #hops: BpfMap;
  readonly #control: BpfMap;
  readonly #counts: BpfMap;
  readonly program: TrafficProgram;
  readonly #options: FastPathOptions;
  #attached = false;
  #routesMs = 0;

  private constructor(options: FastPathOptions, made: Array<{ close(): void }>) {
    const keep = <Part extends { close(): void }>(part: Part): Part => {
      made.push(part);
      return part;
    };
    this.#options = options;
    this.#control = keep(BpfMap.create(CONTROL_MAP));
    this.#counts = keep(
      BpfMap.create({ type: 'perCpuArray', keySize: 4, valueSize: COUNTS_SIZE, entries: 1, name: 'isthmus_counts' }),
    );
    this.#hops = keep(nextHops());
    const maps = { hops: this.#hops.fd, control: this.#control.fd, counts: this.#counts.fd };
    let program: ArrayBuffer;
    if (options.pool6 === undefined) {
      const pairs = keep(new PairMaps(options.flows));
      this.#pairs = pairs;
      this.#control.value.setUint32(CONTROL.rules, pairs.rules, true);
      program = packetProgram(maps, { kind: 'pair', fd6: pairs.flows6.fd, fd4: pairs.flows4.fd });
    } else {
      const sessions = keep(new SessionFlows(options.flows, options));
      this.sessions = sessions;
      program = packetProgram(maps, { kind: 'session', pool6: options.pool6, ...sessions.tables });
    }
    const isLeft = (left: AttachedProgram): boolean => isLeftBehind(left, options.monotonicMs());
    this.program = keep(TrafficProgram.load(program, LICENSE, FAST_PATH_NAME, isLeft));
    this.configure(options.limits);
  }

  /** @throws SystemCallError, BpfError: not supported by the kernel, or not permitted */
  static open(options: FastPathOptions): FastPath {
    const made: Array<{ close(): void }> = [];
    try {
      return new FastPath(options, made);
    } catch (error) {
      for (const part of made.toReversed()) part.close();
      throw error;
    }
  }

  get isAttached(): boolean {
    return this.#attached;
  }

  /** Flows are entered only while the program is attached to an interface. */
  set isAttached(attached: boolean) {
    this.#attached = attached;
    if (this.sessions !== undefined) this.sessions.isAttached = attached;
  }

  configure({ largest4, largest6, largest6Cut, tos, trafficClass, excludedFlags }: FastPathLimits): void {
    const { value } = this.#control;
    value.setUint32(CONTROL.largest4, largest4, true);
    value.setUint32(CONTROL.largest6, largest6, true);
    value.setUint32(CONTROL.largest6Cut, largest6Cut, true);
    value.setUint32(CONTROL.copyTos, tos === 'copy' ? 1 : 0, true);
    value.setUint32(CONTROL.tos, tos === 'copy' ? 0 : tos, true);
    value.setUint32(CONTROL.copyClass, trafficClass === 'copy' ? 1 : 0, true);
    value.setUint32(CONTROL.excludedFlags, excludedFlags, true);
    this.beat();
  }

  /** Sets the interface that packets come from in the slow path, by index; 0: there is none at present. */
  set incoming(index: number) {
    if (this.#control.value.getUint32(CONTROL.incoming, true) === index) return;
    this.#control.value.setUint32(CONTROL.incoming, index, true);
    this.#control.put();
  }

  /** Extends the program's fence to FENCE_MS from now, and reads its counts. */
  beat(): void {
    const nowMs = this.#options.monotonicMs();
    writeMs(this.#control.value, CONTROL.until, nowMs + FENCE_MS);
    if (nowMs - this.#routesMs >= ROUTES_TRUSTED_MS) {
      this.#routesMs = nowMs;
      this.routesChanged();
    } else this.#control.put();
    if (!this.#counts.get()) return;
    const { value } = this.#counts;
    for (const [index, count] of COUNTS.entries()) {
      let sum = 0;
      for (let at = 8 * index; at < value.byteLength; at += COUNTS_SIZE) sum += read64(value, at);
      this.counts[count] = sum;
    }
  }

  enterPair(pair: SettledFlow, from: 4 | 6): void {
    this.#pairs?.enter(pair, from);
  }

  forgetPairs(): void {
    if (this.#pairs === undefined) return;
    this.#pairs.rules += 1;
    this.#control.value.setUint32(CONTROL.rules, this.#pairs.rules, true);
    this.#control.put();
  }

  /** The kernel's routes or neighbours have changed: every flow must look up its next hop again. */
  routesChanged(): void {
    const { value } = this.#control;
    // Zero is the generation of a flow without a next hop.
    const next = (value.getUint32(CONTROL.generation, true) + 1) >>> 0;
    value.setUint32(CONTROL.generation, Math.max(1, next), true);
    this.#control.put();
  }

  close(): void {
    const parts = [this.program, this.sessions, this.#pairs, this.#hops, this.#control, this.#counts];
    for (const part of parts) part?.close();
    this.isAttached = false;
  }
}
