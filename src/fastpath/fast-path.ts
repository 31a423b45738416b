import { BpfMap, interfaceIndex } from '../linux/bpf.ts';
import type { AttachedProgram } from '../linux/bpf-attachments.ts';
import { TrafficProgram } from '../linux/traffic-program.ts';
import type { Prefix6 } from '../net/prefix.ts';
import type { PairOffload, SettledFlow } from '../translator/flow-offload.ts';
import { CONTROL, type Count, COUNTS, COUNTS_SIZE } from './layout.ts';
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
/** How long the program goes on when nobody says that it may, ms. */
export const FENCE_MS = 1000;
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
  readonly interfaces: readonly string[];
  /** That of the servers of sessions; absent: the flows are pairs of addresses. */
  readonly pool6?: Prefix6;
  /** Flows at once. */
  readonly flows: number;
  readonly limits: FastPathLimits;
}

/**
 * Translates the packets of settled sessions inside the kernel. Opened, used and closed by one thread, in its network
 * namespace.
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
  readonly #program: TrafficProgram;
  readonly #options: FastPathOptions;
  #wanted: readonly string[];
  #routesMs = 0;
  /** Index by name of the interfaces that it is attached to. */
  readonly #attached = new Map<string, number>();
  /** When every program that another worker has left is over its fence; 0: they are removed. */
  #leftUntilMs = 0;

  private constructor(options: FastPathOptions, made: Array<{ close(): void }>) {
    const keep = <Part extends { close(): void }>(part: Part): Part => {
      made.push(part);
      return part;
    };
    this.#options = options;
    this.#wanted = options.interfaces;
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
    this.#program = keep(TrafficProgram.load(program, LICENSE, FAST_PATH_NAME, isLeft));
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

  get isAttached(): boolean {
    return this.#attached.size > 0;
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

  /** From now on at these interfaces, and at no other. @throws SystemCallError */
  follow(interfaces: readonly string[]): void {
    this.#wanted = interfaces;
    for (const [name, index] of this.#attached) {
      if (interfaces.includes(name)) continue;
      this.#program.detach(index);
      this.#attached.delete(name);
    }
    this.attachAll();
  }

  /**
   * Attaches it to the interfaces that have come, or come back.
   * @throws SystemCallError when one of them cannot be attached to; the others are
   */
  attachAll(): void {
    const failures: unknown[] = [];
    for (const name of this.#wanted) {
      try {
        this.#attach(name);
      } catch (error) {
        failures.push(error);
      }
    }
    this.#removeLeft();
    if (this.sessions !== undefined) this.sessions.isAttached = this.isAttached;
    if (failures.length > 0) throw failures[0];
  }

  /** Whether an interface is gone that it is attached to, or another one has its name. */
  hasMoved(): boolean {
    for (const [name, index] of this.#attached) if (interfaceIndex(name) !== index) return true;
    return false;
  }

  #attach(name: string): void {
    const index = interfaceIndex(name);
    const before = this.#attached.get(name);
    if (before === index || (before === undefined && index === 0)) return;
    this.#attached.delete(name);
    if (before !== undefined) this.#program.detach(before);
    if (index === 0) return;
    this.#program.attach(index, name);
    this.#attached.set(name, index);
    this.#leftUntilMs = this.#options.monotonicMs() + 2 * FENCE_MS;
  }

  /** What a worker before this one has left may still be within its fence when this one attaches. */
  #removeLeft(): void {
    if (this.#leftUntilMs === 0 || this.#options.monotonicMs() < this.#leftUntilMs) return;
    this.#leftUntilMs = 0;
    this.#program.removeLeft();
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
    const parts = [this.#program, this.sessions, this.#pairs, this.#hops, this.#control, this.#counts];
    for (const part of parts) part?.close();
    if (this.sessions !== undefined) this.sessions.isAttached = false;
    this.#attached.clear();
  }
}
