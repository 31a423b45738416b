import { describe, expect, it } from 'vitest';
import { InstanceQueues } from '../../../src/replication/instance-queues.ts';
import { SimulatedClock } from './simulated-network.ts';

class Bench {
  readonly clock = new SimulatedClock();
  readonly taken: string[] = [];
  readonly shut = new Set<string>();
  readonly recovered: string[] = [];
  dropped = 0;
  resumed = 0;
  readonly rooms = new InstanceQueues(
    {
      clock: this.clock,
      deliver: (instance, records) => {
        if (!this.shut.has(instance)) this.taken.push(`${instance}${records[0]}`);
        return !this.shut.has(instance);
      },
      dropped: (_instance, count) => void (this.dropped += count),
      recovered: (instance) => void this.recovered.push(instance),
    },
    () => void (this.resumed += 1),
  );

  offer(instance: string, number: number, count = 1): boolean {
    return this.rooms.offer(instance, Uint8Array.of(number), count, number);
  }
}

describe('an instance without room', () => {
  it('holds no other one up, and gets its records in their order', () => {
    const bench = new Bench();
    bench.shut.add('a');
    bench.offer('a', 1);
    bench.offer('b', 1);
    bench.offer('a', 2);
    expect([bench.taken, bench.rooms.idle]).toEqual([['b1'], false]);
    bench.shut.clear();
    bench.offer('a', 3);
    bench.clock.advance(10);
    expect([bench.taken, bench.rooms.idle, bench.dropped]).toEqual([['b1', 'a1', 'a2', 'a3'], true, 0]);
  });

  it('makes the sender wait when its waiting room is full', () => {
    const bench = new Bench();
    bench.shut.add('a');
    expect([bench.offer('a', 1, 16_000), bench.offer('a', 2, 384), bench.offer('a', 3, 1)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is given up when it takes nothing for two seconds, and wants a snapshot when it takes records again', () => {
    const bench = new Bench();
    bench.shut.add('a');
    bench.offer('a', 1, 100);
    bench.clock.advance(2100);
    expect([bench.dropped, bench.rooms.idle]).toEqual([100, true]);
    bench.offer('a', 2, 7);
    expect([bench.dropped, bench.recovered]).toEqual([107, []]);
    bench.shut.clear();
    bench.offer('a', 3);
    bench.offer('a', 4);
    expect([bench.taken, bench.recovered]).toEqual([['a3', 'a4'], ['a']]);
  });
});
