import { beforeEach, describe, expect, it } from 'vitest';
import { ApplyResult } from '../../src/translator/nat64/records/record-applier.ts';
import { RecordCodec } from '../../src/translator/nat64/records/record-codec.ts';
import { RECORD_OWNER } from '../../src/translator/nat64/records/session-record.ts';
import { udp } from '../unit/translator/packets.ts';
import { instanceOptions, planOf } from './plan.ts';
import { SeededRandom } from './seeded-random.ts';
import { mesh, SimulatedLinks } from './simulated-links.ts';
import { type NodeObserver, SimulatedNode } from './simulated-node.ts';
import { Trace } from './trace.ts';
import { VirtualTime } from './virtual-time.ts';

const SLOTS = [1, 2, 3] as const;
const PAIRS = [
  [1, 2],
  [1, 3],
  [2, 3],
] as const;
const SILENCE_MS = 1000;
const SOCKETS = { receiveRoom: undefined, wasteful: false, readMs: 0.02, queueFrames: 512, wireMs: 0.01 };
const PORTS = 400;
const UDP_MS = 300_000;
const SESSIONS_STEP_MS = 100;

/** Three nodes with a stream between each two, and clients at each of them. */
class Streams {
  readonly differing: string[] = [];
  readonly taken: string[] = [];
  readonly #time = new VirtualTime();
  readonly #links: SimulatedLinks;
  readonly #nodes: readonly SimulatedNode[];
  #sessions = 0;

  constructor() {
    this.#time.nowMs = 1_000_000;
    const random = new SeededRandom(1);
    const topology = mesh(SLOTS);
    const trace = new Trace(() => this.#time.nowMs);
    this.#links = new SimulatedLinks(topology, this.#time, random, trace);
    const plan = planOf(random);
    const base = { ...plan, slots: SLOTS, ports: PORTS, heartbeatMs: 100 };
    const timeouts = { ...plan.timeouts, udp: UDP_MS };
    this.#nodes = SLOTS.map((slot) => {
      const options = instanceOptions({ ...base, timeouts }, slot, 0);
      return new SimulatedNode(
        {
          slot,
          slots: SLOTS,
          epoch: 1000 * slot + 1,
          clockAheadMs: 0,
          heartbeatMs: base.heartbeatMs,
          silenceMs: SILENCE_MS,
          returnMs: 5000,
          rings: { records: 4096, turn: 1024 },
          sockets: SOCKETS,
          realCipher: false,
          instances: [{ name: 'internet', options }],
          onJoined: () => undefined,
        },
        this.#time,
        this.#links,
        this.#observer(),
        trace,
      );
    });
  }

  async start(): Promise<void> {
    for (const node of this.#nodes) await node.start();
    this.advance(2000);
  }

  /** Ten sessions a second begin at each node. */
  work(ms: number): void {
    for (let passed = 0; passed < ms; passed += SESSIONS_STEP_MS) {
      this.#sessions += 1;
      for (const { slot, instances } of this.#nodes) {
        const [instance] = instances;
        const fields = { src: `2001:db8::${slot}`, dst: '64:ff9b::198.51.100.1' };
        instance.send(udp(fields, 5000 + this.#sessions, 53));
      }
      this.advance(SESSIONS_STEP_MS);
    }
  }

  advance(ms: number): void {
    this.#time.advanceTo(this.#time.nowMs + ms, () => undefined);
  }

  cut(one: number, other: number): void {
    for (const segment of this.#wiresOf(one, other)) {
      this.#links.cut(segment, one, other);
      this.#links.cut(segment, other, one);
    }
  }

  mend(): void {
    this.#links.heal();
  }

  crash(slot: number): void {
    this.#nodes[slot - 1].crash();
  }

  /** Of each node that lives, whether the replica of each other one is its owner's set. */
  get states(): string[] {
    const alive = this.#nodes.filter((node) => node.alive);
    return alive.flatMap(({ slot, instances: [instance] }) =>
      alive.filter((other) => other.slot !== slot).map((other) => instance.syncNow(other.slot)),
    );
  }

  #wiresOf(one: number, other: number): number[] {
    const of = (slot: number): readonly number[] => this.#links.topology.linksOf.get(slot) ?? [];
    return of(one).filter((segment) => of(other).includes(segment));
  }

  #observer(): NodeObserver {
    const codec = new RecordCodec();
    return {
      onRecords: () => undefined,
      onLook: () => undefined,
      onPeer: () => undefined,
      onInherit: ({ slot }, gone) => this.taken.push(`gw${slot} of gw${gone}`),
      beforeApply: () => undefined,
      afterApply: ({ slot }, bytes, offset, result) => {
        if (result !== ApplyResult.differs) return;
        codec.open(bytes, offset);
        this.differing.push(`gw${slot} of gw${codec.u8(RECORD_OWNER)}`);
      },
    };
  }
}

describe('three nodes with a stream between each two', () => {
  let streams = new Streams();
  beforeEach(async () => {
    streams = new Streams();
    await streams.start();
    streams.work(1000);
  });

  it.each(PAIRS)('differ nowhere while the one of gw%i and gw%i is cut, and nobody takes over', (one, other) => {
    streams.cut(one, other);
    streams.work(12_000);
    streams.mend();
    streams.work(1000);
    streams.advance(3000);
    expect(streams.taken).toEqual([]);
    expect(streams.differing).toEqual([]);
    expect(streams.states).toEqual(Array.from({ length: 6 }, () => 'inSync'));
  });

  it('find the heir of a node that all of them miss, in time', () => {
    streams.crash(3);
    streams.advance(6500);
    expect(streams.taken).toEqual(['gw1 of gw3']);
    streams.advance(1000);
    expect([streams.differing, streams.states]).toEqual([[], ['inSync', 'inSync']]);
  });
});
