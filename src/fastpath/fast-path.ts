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

/**
 * The program asks the kernel for routes, which it may only under a licence that goes with the GPL; it is ours, and
 * free under both.
 */
const LICENSE = 'Dual MIT/GPL';
/** How long a next hop is taken for granted when nobody has said that the kernel's routes have changed, ms. */
const ROUTES_TRUSTED_MS = 1000;

/** What the program needs to know of the translator's options; it may change while it works. */
export interface FastPathLimits {
  /** Largest packets as they go out, bytes; `largest6Cut`: made of IPv4 packets without DF. */
  readonly largest4: number;
  readonly largest6: number;
  readonly largest6Cut: number;
  /** 'copy', or what is written instead. */
  readonly tos: 'copy' | number;
  readonly trafficClass: 'copy' | 'zero';
  /** TCP flags whose packets are left to the slow path, as in the header. */
  readonly excludedFlags: number;
}

export interface FastPathOptions extends FlowClocks {
  /** That of the servers of sessions; absent: the flows are pairs of addresses. */
  readonly pool6?: Prefix6;
  /** Flows at once. */
  readonly flows: number;
  readonly limits: FastPathLimits;
}

/**
 * Translates the packets of settled sessions inside the kernel, once `FastPathAttachment` has attached the program to
 * interfaces. Opened, used and closed by one thread.
 */
export class FastPath implements PairOffload {
  /** What the program has counted, as of the last beat. */
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the keys
  readonly counts = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<Count, number>;
  /** What sessions enter and leave; undefined: the flows are pairs of addresses. */
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

  get isAttached(): boolean {
    return this.#attached;
  }

  /** Flows enter only while packets come by an interface that it is attached to. */
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

  /** Lets the program go on for FENCE_MS from now, and reads what it has counted. */
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

  /** The kernel's routes or neighbours have changed: no flow goes on as it did without asking for them. */
  routesChanged(): void {
    const { value } = this.#control;
    // Zero is what a flow has that has never asked.
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
