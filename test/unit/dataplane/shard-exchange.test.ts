import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PacketRing } from '../../../src/dataplane/packet-ring.ts';
import { ShardExchange, type ShardMemory } from '../../../src/dataplane/shard-exchange.ts';
import { allocateSharedMemory, Flag, SharedState } from '../../../src/dataplane/shared-state.ts';
import { WorkerCounter } from '../../../src/dataplane/worker-counters.ts';
import { EventDescriptor, ReadPoll } from '../../../src/linux/descriptors.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../src/translator/counters.ts';
import { shardOptions, ShardMap } from '../../../src/translator/nat64/ports/shard-map.ts';
import { Bench, OPTIONS } from '../translator/nat64/bench-of-one.ts';
import { FLAGS, tcp } from '../translator/packets.ts';

const COUNT = 2;
const WHOLE = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

/** Two shards of one node with the memory and the eventfds between them, as the agent makes it. */
class Shards {
  readonly wakes = [EventDescriptor.create(), EventDescriptor.create()];
  readonly states = [0, 1].map(() => new SharedState(allocateSharedMemory(64)));
  readonly benches: readonly Bench[];
  readonly exchanges: readonly ShardExchange[];
  readonly map = new ShardMap(OPTIONS, COUNT);
  readonly #arena = new PacketArena(4096);

  constructor() {
    const memory: ShardMemory = {
      flags: this.states.map(({ flags }) => {
        if (flags.buffer instanceof SharedArrayBuffer) return flags.buffer;
        throw new Error('flags that are not shared');
      }),
      rings: Array.from({ length: COUNT * COUNT }, () => PacketRing.allocate()),
      wakeFds: this.wakes.map(({ fd }) => fd),
    };
    const options = [0, 1].map((index) => {
      const own = shardOptions(OPTIONS, index, COUNT);
      if (own.kind !== 'nat64') throw new Error('not a nat64');
      return own;
    });
    this.benches = options.map((own) => new Bench(own));
    this.exchanges = options.map(
      (own, index) =>
        new ShardExchange(this.map, own, memory, {
          worker: this.states[index].workerCounters,
          translator: new TranslatorCounters(),
        }),
    );
  }

  /** A packet that came by the queue of one shard. */
  divert(from: number, packet: Uint8Array): boolean {
    this.#arena.bytes.set(packet, 128);
    const { translator } = this.benches[from];
    return this.exchanges[from].divert(translator, this.#arena, 128, packet.length, WHOLE, 1);
  }

  /** Whether the shard's sleep would end. */
  isWoken(shard: number): boolean {
    const poll = new ReadPoll([this.wakes[shard].fd]);
    return poll.wait(0) > 0;
  }

  counter(shard: number, which: number): number {
    return this.states[shard].workerCounters[which] ?? 0;
  }

  close(): void {
    for (const wake of this.wakes) wake.close();
  }
}

/** SYNs of clients until one is of the shard. */
function packetOf({ map }: Shards, shard: number): Uint8Array {
  const arena = new PacketArena(4096);
  for (let host = 1; host < 500; host++) {
    const packet = tcp(
      { src: `2001:db8:0:${host.toString(16)}::1`, dst: '64:ff9b::198.51.100.7' },
      4000,
      80,
      FLAGS.syn,
    );
    arena.bytes.set(packet, 0);
    if (map.of(arena, 0, packet.length) === shard) return packet;
  }
  throw new Error('no client of this shard');
}

describe('packets that came by the queue of another shard', () => {
  let shards: Shards;
  beforeEach(() => {
    shards = new Shards();
  });
  afterEach(() => shards.close());

  it('wake the shard that sleeps, and no other one', () => {
    const packet = packetOf(shards, 1);
    expect(shards.divert(0, packet)).toBe(true);
    expect([shards.isWoken(0), shards.isWoken(1)]).toEqual([false, false]);
    Atomics.store(shards.states[1].flags, Flag.asleep, 1);
    expect(shards.divert(0, packet)).toBe(true);
    expect([shards.isWoken(0), shards.isWoken(1)]).toEqual([false, true]);
    expect(shards.counter(0, WorkerCounter.handedOver)).toBe(2);
  });

  it('are translated there, and leave nothing behind', () => {
    expect(shards.exchanges[1].isEmpty).toBe(true);
    shards.divert(0, packetOf(shards, 1));
    expect([shards.exchanges[0].isEmpty, shards.exchanges[1].isEmpty]).toEqual([true, false]);
    expect(shards.exchanges[1].work(shards.benches[1].translator, 1)).toBe(true);
    expect(shards.benches[1].translator.sessionCount).toBe(1);
    expect(shards.exchanges[1].isEmpty).toBe(true);
    expect(shards.exchanges[1].work(shards.benches[1].translator, 1)).toBe(false);
  });

  it('are counted and gone when the ring has no room for them', () => {
    const packet = packetOf(shards, 1);
    let handed = 0;
    while (shards.counter(0, WorkerCounter.handOverRefused) === 0 && handed < 1e6) {
      shards.divert(0, packet);
      handed += 1;
    }
    expect(shards.counter(0, WorkerCounter.handOverRefused)).toBe(1);
    expect(shards.counter(0, WorkerCounter.handedOver)).toBe(handed - 1);
  });

  it('of the own shard stay where they are', () => {
    expect(shards.divert(0, packetOf(shards, 0))).toBe(false);
    expect(shards.counter(0, WorkerCounter.handedOver)).toBe(0);
  });
});
