import { load } from './bulk.ts';
import { type Damage, damageReplica } from './damage.ts';
import { Invariants, Violation } from './invariants.ts';
import { hasAmpleQueues, hasAmpleRoom, instanceOptions, type Plan, planOf } from './plan.ts';
import { JOINING_TIMES } from '../../src/agent/sessions/joining.ts';
import type { SyncState } from '../../src/translator/nat64/records/replica-sets.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedLinks } from './simulated-links.ts';
import { SimulatedNode } from './simulated-node.ts';
import { Trace } from './trace.ts';
import { VirtualTime } from './virtual-time.ts';
import { Workload } from './workload.ts';
import { FrameKind } from '../../src/replication/frame-header.ts';
import { ApplyResult } from '../../src/translator/nat64/records/record-applier.ts';
import { RecordKind } from '../../src/translator/nat64/records/session-record.ts';

/** Ends of runs. */
const STEP_MS = [20, 150] as const;
const REST_STEP_MS = 100;
/** Lives of the nodes begin at such a time of the clock, so that no time is near zero. */
const CLOCK_BEGIN_MS = 1_000_000;
const MAX_REST_MS = 40_000;
/** When all is the same everywhere, it is looked at for so long whether it stays so. */
const WATCH_MS = 1200;
/** A request for a snapshot is repeated for a second. */
const ANSWER_MS = 1500;
/**
 * Frames of one node on one of its links in a second at rest, beside its heartbeats: hellos, marks and the refreshes of
 * what is in the table.
 */
const QUIET_FRAMES_PER_SECOND = 25;
/** Far more than a run has in which no frame goes round for ever, and more for each session of a large set. */
const MAX_EVENTS = 50_000;
const MAX_EVENTS_PER_SESSION = 30;
const FIRST_EPOCH = 1000;
/**
 * From a worker to the other one: it wakes, its records wait for others to share a frame, wires, sockets and rings have
 * their times.
 */
const MARK_WAY_MS = 20;
/** The agent looks, asks, and a snapshot comes; more for a large one, through sockets that may lose some of it. */
const REPAIR_MS = 400;
const BULK_REPAIR_MS = 3000;

export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly virtualMs: number;
  readonly packets: number;
  readonly records: number;
  /** How often each thing happened that a simulation should meet, by name. */
  readonly met: Readonly<Record<string, number>>;
  readonly violation: Violation | undefined;
  /** The last events before the violation, in words. */
  readonly last: readonly string[];
}

export interface RunOptions {
  readonly print?: (line: string) => void;
}

/** One run: nodes, wires, clients, and everything that goes wrong, all from one seed. */
class Simulation {
  readonly #random: SeededRandom;
  readonly #plan: Plan;
  readonly #ampleRoom: boolean;
  readonly #ampleQueues: boolean;
  readonly #time = new VirtualTime();
  readonly #trace: Trace;
  readonly #links: SimulatedLinks;
  readonly #workload: Workload;
  readonly #nodes = new Map<number, SimulatedNode>();
  readonly #invariants = new Invariants((slot) => this.#nodes.get(slot)?.epoch);
  readonly #epochs = new Map<number, number>();
  #repaired = 0;
  #aheadMs = new Map<number, number>();

  constructor(seed: number, { print }: RunOptions) {
    this.#random = new SeededRandom(seed);
    this.#plan = planOf(this.#random);
    this.#ampleRoom = hasAmpleRoom(this.#plan);
    this.#ampleQueues = hasAmpleQueues(this.#plan);
    this.#time.nowMs = CLOCK_BEGIN_MS;
    this.#trace = new Trace(() => this.#time.nowMs - CLOCK_BEGIN_MS, print);
    this.#links = new SimulatedLinks(this.#plan.topology, this.#time, this.#random, this.#trace);
    this.#workload = new Workload(this.#random, this.#trace);
    const { cut, takeOver, split, flap } = this.#plan.chances;
    this.#invariants.calm = cut === 0 && takeOver === 0 && split === 0 && flap === 0;
    print?.(JSON.stringify({ ...this.#plan, topology: this.#plan.topology.name }));
  }

  async run(seed: number): Promise<RunResult> {
    let violation: Violation | undefined;
    try {
      for (const slot of this.#plan.slots) await this.#start(slot);
      this.#advance(this.#random.pick([0, 1500, 3500]));
      this.#links.faults = this.#plan.faults;
      await this.#work();
      await this.#settle();
      this.#rest();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      violation = error;
    }
    for (const node of this.#nodes.values()) node.crash();
    const { hash, count } = this.#trace;
    const { packets } = this.#workload;
    const virtualMs = this.#time.nowMs - CLOCK_BEGIN_MS;
    const last = violation === undefined ? [] : this.#trace.last(60);
    const { recordsSeen: records } = this.#invariants;
    return { seed, hash, events: count, virtualMs, packets, records, met: this.#met(), violation, last };
  }

  get #alive(): SimulatedNode[] {
    return [...this.#nodes.values()];
  }

  #met(): Record<string, number> {
    const { outcomes, kindsApplied, splitStart, returns, inherited } = this.#invariants;
    const { framesByKind } = this.#links;
    return {
      'records that are stale': outcomes[ApplyResult.stale],
      'records whose port is another client’s': outcomes[ApplyResult.conflict],
      'marks that differ': outcomes[ApplyResult.differs],
      deletes: kindsApplied[RecordKind.delete],
      hints: kindsApplied[RecordKind.hint],
      'hand-overs': kindsApplied[RecordKind.handOver],
      'ends of snapshots': kindsApplied[RecordKind.snapshotEnd],
      'frames that a receiver had no room for': this.#links.overflowed,
      'frames that a link did not take': this.#links.refused,
      'questions for what is missing': framesByKind[FrameKind.nack],
      'answers to them': framesByKind[FrameKind.resend],
      'damaged replicas that were found and repaired': this.#repaired,
      'nodes that were silent and returned': returns,
      'takeovers of nodes that were gone': inherited,
      'nodes that were started while they could not hear another': splitStart ? 1 : 0,
      'nodes that were started again': [...this.#epochs].filter(([slot, epoch]) => epoch > FIRST_EPOCH * slot + 1)
        .length,
    };
  }

  async #work(): Promise<void> {
    const end = this.#time.nowMs + this.#plan.workMs;
    let { bulk } = this.#plan;
    while (this.#time.nowMs < end) {
      const serving = this.#alive.filter(({ joined }) => joined);
      if (bulk > 0 && serving.length > 0) {
        this.#trace.note('load', serving[0].slot, bulk);
        load(serving[0].instances[0], bulk);
        bulk = 0;
      }
      this.#workload.step(serving);
      await this.#misfortune();
      this.#advance(this.#random.between(...STEP_MS));
    }
  }

  /** Every wire is whole again, and every node is there. */
  async #settle(): Promise<void> {
    this.#trace.note('rest');
    this.#links.heal();
    for (const slot of this.#plan.slots) if (!this.#nodes.has(slot)) await this.#start(slot);
  }

  async #misfortune(): Promise<void> {
    const random = this.#random;
    const { chances, slots } = this.#plan;
    if (random.chance(chances.cut)) this.#cut();
    if (random.chance(chances.heal)) {
      this.#trace.note('heal');
      this.#links.heal();
      this.#links.faults = this.#plan.faults;
    }
    const slot = random.pick(slots);
    const node = this.#nodes.get(slot);
    if (node === undefined) {
      if (random.chance(chances.restart)) await this.#start(slot);
      return;
    }
    if (random.chance(chances.crash)) {
      this.#trace.note('crash', slot);
      node.crash();
      this.#nodes.delete(slot);
      if (random.chance(0.5)) await this.#start(slot);
      return;
    }
    if (random.chance(chances.split)) {
      this.#trace.note('split', slot);
      this.#isolate(slot);
      node.crash();
      await this.#start(slot);
      return;
    }
    if (random.chance(chances.flap)) this.#flap(slot);
    if (random.chance(chances.jump)) {
      const ms = random.pick([300, 2000, 20_000]);
      this.#trace.note('jump', slot, ms);
      node.clock.jump(ms);
      this.#aheadMs.set(slot, (this.#aheadMs.get(slot) ?? 0) + ms);
    }
    const instance = random.pick(node.instances);
    if (random.chance(chances.stall)) instance.stall(random.between(10, 600));
    if (random.chance(chances.stall)) node.stall(random.between(5, 200));
    if (random.chance(chances.snapshot)) instance.requestSnapshot();
    if (random.chance(chances.takeOver)) {
      const from = random.pick(slots);
      this.#trace.note('take over', slot, from);
      instance.takeOver(from);
    }
  }

  /** One direction, one wire, or one node from all others. */
  #cut(): void {
    const random = this.#random;
    const { slots } = this.#plan;
    const victim = random.pick(slots);
    const segment = random.below(this.#links.segments);
    const what = random.below(3);
    this.#trace.note('cut', what, victim, segment);
    for (const other of slots) {
      if (other === victim) continue;
      if (what === 0) this.#links.cut(segment, victim, other);
      if (what === 1) for (const slot of slots) this.#links.cut(segment, slot, other);
    }
    if (what === 2) this.#isolate(victim);
  }

  #isolate(slot: number): void {
    this.#eachWireOf(slot, (segment, from, to) => this.#links.cut(segment, from, to));
  }

  /** It is missed, and returns while it keeps its sessions, or a little later. */
  #flap(slot: number): void {
    const { silenceMs, returnMs } = this.#plan;
    const ms = silenceMs + this.#random.between(0, Math.min(returnMs, 1500));
    this.#trace.note('flap', slot, Math.round(ms));
    this.#isolate(slot);
    this.#time.after(ms, () => this.#eachWireOf(slot, (segment, from, to) => this.#links.mend(segment, from, to)));
  }

  #eachWireOf(slot: number, act: (segment: number, from: number, to: number) => void): void {
    for (const other of this.#plan.slots) {
      if (other === slot) continue;
      for (let segment = 0; segment < this.#links.segments; segment++) {
        act(segment, slot, other);
        act(segment, other, slot);
      }
    }
  }

  async #start(slot: number): Promise<void> {
    const epoch = (this.#epochs.get(slot) ?? FIRST_EPOCH * slot) + 1;
    this.#epochs.set(slot, epoch);
    const { slots, heartbeatMs, silenceMs, rings, realCipher, instances } = this.#plan;
    const { sockets, slowReader, slowReadMs, returnMs } = this.#plan;
    const clockAheadMs = this.#aheadMs.get(slot) ?? 0;
    const options = {
      slot,
      slots,
      epoch,
      clockAheadMs,
      heartbeatMs,
      silenceMs,
      returnMs,
      rings,
      sockets: slot === slowReader ? { ...sockets, readMs: slowReadMs } : sockets,
      realCipher,
      instances: instances.map((name, index) => ({ name, options: instanceOptions(this.#plan, slot, index) })),
      onJoined: (node: SimulatedNode) => this.#noteJoined(node),
    };
    this.#trace.note('start', slot, epoch);
    const node = new SimulatedNode(options, this.#time, this.#links, this.#invariants, this.#trace);
    this.#nodes.set(slot, node);
    await node.start();
  }

  #advance(ms: number): void {
    this.#time.advanceTo(this.#time.nowMs + ms, () => this.#checkEvents());
    this.#invariants.check(this.#alive);
  }

  #checkEvents(): void {
    const most = MAX_EVENTS + MAX_EVENTS_PER_SESSION * this.#plan.bulk;
    if (this.#trace.count > most) throw new Violation('frames do not multiply', `${this.#trace.count} events`);
    const { overflowed, refused } = this.#links;
    if (this.#ampleRoom && overflowed > 0) {
      throw new Violation('no frame overflows ample room', `a receiver had no room for ${overflowed} frames`);
    }
    if (this.#ampleQueues && refused > 0) {
      throw new Violation('no link with room for it refuses a frame', `${refused} frames were refused`);
    }
  }

  /** A node that serves without having heard a living one may give away what that one's clients have. */
  #noteJoined(node: SimulatedNode): void {
    const unheard = this.#alive.some(({ slot }) => slot !== node.slot && !node.receivesFrom(slot));
    if (!unheard || node.epoch === FIRST_EPOCH * node.slot + 1) return;
    this.#invariants.splitStart = true;
    this.#invariants.calm = false;
  }

  /**
   * Nothing goes wrong any more: everything must come to be the same everywhere, stay so, and be silent but for
   * heartbeats and marks.
   */
  #rest(): void {
    const end = this.#time.nowMs + MAX_REST_MS;
    // Who was not heard before may only now be missed.
    this.#advance(this.#plan.silenceMs + this.#plan.heartbeatMs);
    let different = this.#different();
    while (different.length > 0) {
      if (this.#time.nowMs >= end) throw new Violation('replicas equal their owners at rest', different.join('\n  '));
      this.#advance(REST_STEP_MS);
      different = this.#different();
    }
    this.#trace.note('the same everywhere');
    // What was asked for before may still be asked again, and be answered.
    this.#advance(ANSWER_MS);
    const before = [...this.#links.framesByKind];
    this.#advance(WATCH_MS);
    const frames = this.#links.framesByKind.map((count, kind) => count - before[kind]);
    this.#checkSilence(frames);
    for (let wait = 0; this.#different().length > 0; wait += REST_STEP_MS) {
      if (wait > WATCH_MS) throw new Violation('replicas stay equal', this.#different().join('\n  '));
      this.#advance(REST_STEP_MS);
    }
    if (this.#plan.damage) this.#damage();
  }

  /** What is wrong with one replica is known with the second mark, and put right by a snapshot. */
  #damage(): void {
    // Nobody has asked for a snapshot lately: the next one may be asked for at once.
    this.#advance(JOINING_TIMES.retryMs);
    const damage = damageReplica(this.#random, this.#alive);
    if (damage === undefined) return;
    const { owner, instance, what } = damage;
    this.#invariants.calm = false;
    this.#trace.note(what, instance.slot, owner);
    const { heartbeatMs, bulk } = this.#plan;
    this.#within(2 * heartbeatMs + MARK_WAY_MS, 'a difference is found with the second mark', damage, 'differs');
    this.#within(REPAIR_MS + (bulk > 0 ? BULK_REPAIR_MS : 0), 'a difference is repaired', damage, 'inSync');
    const different = this.#different();
    if (different.length > 0) throw new Violation('a difference is repaired', different.join('\n  '));
    this.#repaired += 1;
  }

  #within(ms: number, invariant: string, { owner, instance, what }: Damage, wanted: SyncState): void {
    const end = this.#time.nowMs + ms;
    while (instance.syncNow(owner) !== wanted) {
      if (this.#time.nowMs >= end)
        throw new Violation(invariant, `${what}, and after ${ms} ms it is ${instance.syncNow(owner)}`);
      this.#time.advanceTo(this.#time.nowMs + 1, () => this.#checkEvents());
    }
  }

  #different(): string[] {
    const notJoined = this.#alive.filter(({ joined }) => !joined).map(({ slot }) => `node ${slot} has not joined`);
    const unheard = this.#alive.flatMap((node) =>
      this.#plan.slots
        .filter((slot) => slot !== node.slot && !node.receivesFrom(slot))
        .map((slot) => `${node.slot} does not hear ${slot}`),
    );
    const first = [...notJoined, ...unheard];
    return first.length > 0 ? first : this.#invariants.atRest(this.#alive);
  }

  #checkSilence(frames: Float64Array): void {
    const repair = frames[FrameKind.nack] + frames[FrameKind.resend] + frames[FrameKind.snapshotRequest];
    if (repair > 0) {
      const counts = `${frames[FrameKind.nack]} questions, ${frames[FrameKind.resend]} answers, ${frames[FrameKind.snapshotRequest]} requests`;
      throw new Violation('nothing is repaired at rest', counts);
    }
    const { slots, heartbeatMs, topology } = this.#plan;
    const links = slots.length * (topology.linksOf.get(slots[0])?.length ?? 1);
    // On two links or more each node also passes on what the others send.
    const sent = links * (links > slots.length ? slots.length : 1);
    const bound = (WATCH_MS / 1000) * sent * (1000 / heartbeatMs + QUIET_FRAMES_PER_SECOND);
    const all = frames.reduce((sum, count) => sum + count, 0);
    if (all > bound) throw new Violation('it is quiet at rest', `${all} frames, at most ${bound}`);
  }
}

export async function runSeed(seed: number, options: RunOptions = {}): Promise<RunResult> {
  return new Simulation(seed, options).run(seed);
}
