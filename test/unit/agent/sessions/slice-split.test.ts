import { describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { SliceDuty, type SlicePeer } from '../../../../src/agent/sessions/slice-duty.ts';
import { successorOf } from '../../../../src/agent/sessions/takeover.ts';
import type { Answer, Coordinator, CoordinatorView } from '../../../../src/cluster/coordinator/coordinator.ts';
import { random } from '../../replication/simulated-network.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const TICK_MS = 100;
const SILENCE_MS = 1000;
const HELLO_MS = 1000;
/** As in src/cluster/coordinator/etcd-coordinator.ts. */
const LEASE_MS = 10_000;
const ROUND_MS = 3000;

/** What all nodes that reach it agree on: leases that end, and slices by compare-and-set. */
class Store {
  readonly leases = new Map<number, number>();
  readonly slices = new Map<number, number>();
  readonly #clock: SimulatedClock;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  isPresent(slot: number): boolean {
    return (this.leases.get(slot) ?? 0) > this.#clock.now();
  }
}

/** One node's sight of the store, which it may be cut off from. */
class Sight implements Coordinator {
  connected = true;
  readonly #slot: number;
  readonly #store: Store;
  readonly #clock: SimulatedClock;
  #leasedMs = Number.NEGATIVE_INFINITY;
  #view: CoordinatorView = {
    backend: 'etcd',
    reachable: false,
    suspended: '',
    members: [],
    slices: [],
    draining: undefined,
  };

  constructor(slot: number, store: Store, clock: SimulatedClock) {
    this.#slot = slot;
    this.#store = store;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    this.round();
  }

  async stop(): Promise<void> {}
  onChange(): void {}
  tell(): void {}

  view(): CoordinatorView {
    return this.#view;
  }

  leasedUntilMs(): number {
    return this.#leasedMs;
  }

  round(): void {
    if (!this.connected) {
      this.#view = { ...this.#view, reachable: false };
      return;
    }
    const { leases, slices } = this.#store;
    this.#leasedMs = this.#clock.now() + LEASE_MS;
    leases.set(this.#slot, this.#leasedMs);
    const members = [...leases.keys()].filter((slot) => this.#store.isPresent(slot));
    this.#view = {
      ...this.#view,
      reachable: true,
      members: members.map((slot) => ({ slot, name: '', revision: '' })),
      slices: [...slices].map(([slot, by]) => ({ slot, by })),
    };
  }

  async takeSlice(slot: number, heard: boolean): Promise<Answer> {
    const holder = this.#store.slices.get(slot);
    const free = !this.#store.isPresent(slot) && (holder === undefined || !this.#store.isPresent(holder));
    if (!this.connected || heard || !free) return { done: false, text: 'refused' };
    this.#store.slices.set(slot, this.#slot);
    this.round();
    return { done: true, text: 'taken' };
  }

  async handBack(slot: number): Promise<Answer> {
    if (!this.connected) return { done: false, text: 'not reachable' };
    if (this.#store.slices.get(slot) === this.#slot) this.#store.slices.delete(slot);
    this.round();
    return { done: true, text: 'handed back' };
  }

  async lockDrain(): Promise<Answer> {
    return { done: true, text: '' };
  }

  async unlockDrain(): Promise<Answer> {
    return { done: true, text: '' };
  }
}

interface Heard {
  atMs: number;
  receivesFrom: readonly number[];
  works: readonly number[] | undefined;
  worked: readonly number[];
}

/** A node with the real SliceDuty: heartbeats and hellos come from the others as far as links carry them. */
class Node {
  readonly slot: number;
  readonly sight: Sight;
  readonly duty: SliceDuty;
  readonly heard = new Map<number, Heard>();
  /** Slices that translators may give out ports of at this moment. */
  gives: Set<number>;
  readonly #slots: readonly number[];
  readonly #clock: SimulatedClock;

  constructor(slot: number, slots: readonly number[], store: Store, clock: SimulatedClock, chance: () => number) {
    this.slot = slot;
    this.#slots = slots;
    this.#clock = clock;
    this.gives = new Set([slot]);
    this.sight = new Sight(slot, store, clock);
    const events = new EventLog(`gw${slot}`, () => clock.now(), noEventStore);
    const apply = async (wanted: readonly number[]): Promise<void> => {
      this.gives = new Set([...this.gives, ...wanted]);
      await new Promise<void>((resolve) => void clock.after(chance() * 500, resolve));
      this.gives = new Set(wanted);
    };
    this.duty = new SliceDuty(slot, this.sight, apply, {
      clock,
      events,
      pausing: { reason: undefined },
      nodeOf: (of) => `gw${of}`,
      onChange: () => undefined,
    });
  }

  receivesFrom(slot: number): boolean {
    return this.#clock.now() - (this.heard.get(slot)?.atMs ?? Number.NEGATIVE_INFINITY) < SILENCE_MS;
  }

  get setReceivesFrom(): number[] {
    return this.#slots.filter((slot) => this.receivesFrom(slot));
  }

  update(): void {
    const others = this.#slots.filter((slot) => slot !== this.slot);
    const peers = others.map((slot): SlicePeer => {
      const heard = this.heard.get(slot);
      const receivesFrom = this.receivesFrom(slot) ? (heard?.receivesFrom ?? []) : [];
      const [works, worked] = [heard?.works, heard?.worked ?? []];
      return {
        slot,
        alive: this.receivesFrom(slot),
        works,
        worked,
        acknowledges: receivesFrom.includes(this.slot),
        receivesFrom,
      };
    });
    const living = [...peers, { slot: this.slot, alive: true }];
    const candidates = living.map(({ slot, alive }) => ({ slot, alive, synced: true }));
    this.duty.update({ peers, joined: true, follows: (slot) => successorOf(slot, candidates) === this.slot });
  }
}

class Cluster {
  readonly clock = new SimulatedClock();
  readonly store = new Store(this.clock);
  readonly nodes: readonly Node[];
  /** `from>to` that carries nothing. */
  readonly cut = new Set<string>();
  #ticks = 0;

  constructor(slots: readonly number[], chance: () => number) {
    this.nodes = slots.map((slot) => new Node(slot, slots, this.store, this.clock, chance));
  }

  /** @returns a slice that two nodes give out ports of, if there is one */
  async run(ms: number): Promise<string | undefined> {
    for (let passed = 0; passed < ms; passed += TICK_MS) {
      const now = this.clock.now();
      for (const node of this.nodes) if ((now + 700 * node.slot) % ROUND_MS < TICK_MS) node.sight.round();
      for (const from of this.nodes) for (const to of this.nodes) if (from !== to) this.#beat(from, to);
      for (const node of this.nodes) node.update();
      this.#ticks += 1;
      await this.clock.advance(TICK_MS);
      const given = this.nodes.flatMap(({ gives }) => [...gives]);
      const twice = given.find((slot, index) => given.indexOf(slot) !== index);
      if (twice !== undefined) {
        const all = this.nodes.map(({ slot, gives }) => `gw${slot} in [${[...gives].join()}]`).join(', ');
        return `slice ${twice} twice after ${this.clock.now()} ms: ${all}`;
      }
    }
    return undefined;
  }

  isolate({ slot, sight }: Node): void {
    sight.connected = false;
    for (const { slot: other } of this.nodes) this.cut.add(`${slot}>${other}`).add(`${other}>${slot}`);
  }

  heal(): void {
    this.cut.clear();
    for (const { sight } of this.nodes) sight.connected = true;
  }

  #beat(from: Node, to: Node): void {
    if (this.cut.has(`${from.slot}>${to.slot}`)) return;
    const before = to.heard.get(from.slot);
    const hello = this.#ticks % (HELLO_MS / TICK_MS) === from.slot;
    const { works, worked } = from.duty;
    const said = hello ? { works, worked } : { works: before?.works, worked: before?.worked ?? [] };
    to.heard.set(from.slot, { atMs: this.clock.now(), receivesFrom: from.setReceivesFrom, ...said });
  }
}

describe('the slices of nodes that lose each other and the store', () => {
  it('of an isolated node that goes on to serve are taken, and by then it has stopped to use them', async () => {
    const cluster = new Cluster([1, 2], () => 1);
    const [gw1, gw2] = cluster.nodes;
    expect(await cluster.run(10_000)).toBeUndefined();
    cluster.isolate(gw1);
    expect(await cluster.run(30_000)).toBeUndefined();
    expect([gw1.duty.works, gw2.duty.works]).toEqual([[], [1, 2]]);
    cluster.heal();
    expect(await cluster.run(20_000)).toBeUndefined();
    expect([gw1.duty.works, gw2.duty.works]).toEqual([[1], [2]]);
  });

  it('stay in use where all lose the store and hear each other, or lose each other and reach the store', async () => {
    const cluster = new Cluster([1, 2], () => 1);
    await cluster.run(10_000);
    for (const { sight } of cluster.nodes) sight.connected = false;
    expect(await cluster.run(60_000)).toBeUndefined();
    expect(cluster.nodes.map(({ duty }) => duty.works)).toEqual([[1], [2]]);
    cluster.heal();
    await cluster.run(10_000);
    cluster.cut.add('1>2').add('2>1');
    expect(await cluster.run(60_000)).toBeUndefined();
    expect(cluster.nodes.map(({ duty }) => duty.works)).toEqual([[1], [2]]);
  });

  it.each([...Array(60).keys()])('are never used by two nodes, whatever is cut and when (seed %i)', async (seed) => {
    const chance = random(seed * 977 + 5);
    const slots = chance() < 0.5 ? [1, 2] : [1, 2, 3];
    const cluster = new Cluster(slots, chance);
    expect(await cluster.run(5000)).toBeUndefined();
    const pick = (): Node => cluster.nodes[Math.floor(chance() * slots.length)] ?? cluster.nodes[0];
    for (let fault = 0; fault < 12; fault++) {
      const what = chance();
      if (what < 0.25) cluster.isolate(pick());
      else if (what < 0.5) cluster.cut.add(`${pick().slot}>${pick().slot}`);
      else if (what < 0.75) pick().sight.connected = false;
      else cluster.heal();
      expect(await cluster.run(500 + chance() * 25_000)).toBeUndefined();
    }
    cluster.heal();
    expect(await cluster.run(30_000)).toBeUndefined();
    expect(cluster.nodes.map(({ duty }) => duty.works)).toEqual(slots.map((slot) => [slot]));
  });
});
