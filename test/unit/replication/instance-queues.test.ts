import { describe, expect, it } from 'vitest';
import { InstanceQueues } from '../../../src/replication/instance-queues.ts';
import { SimulatedClock } from './simulated-network.ts';

class Bench {
  readonly clock = new SimulatedClock();
  readonly taken: string[] = [];
  readonly shut = new Set<string>();
  readonly recovered: string[] = [];
  /** Batches that one without room takes all the same. */
  most = 0;
  dropped = 0;
  resumed = 0;
  readonly rooms = new InstanceQueues(
    {
      clock: this.clock,
      deliver: (instance, records) => {
        const takes = !this.shut.has(instance) || this.most-- > 0;
        if (takes) this.taken.push(`${instance}${records[0]}`);
        return takes;
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

  it('has the first frame of which something waits, and offers again what was refused', () => {
    const bench = new Bench();
    expect(bench.rooms.oldestFrame).toBe(Number.POSITIVE_INFINITY);
    for (const instance of ['a', 'b']) bench.shut.add(instance);
    bench.offer('b', 7);
    bench.offer('a', 5);
    bench.offer('a', 9);
    expect([bench.rooms.oldestFrame, bench.resumed]).toEqual([5, 0]);
    bench.clock.advance(5);
    expect(bench.resumed).toBe(1);
    bench.shut.delete('a');
    bench.clock.advance(5);
    expect([bench.rooms.oldestFrame, bench.taken]).toEqual([7, ['a5', 'a9']]);
    bench.shut.clear();
    bench.clock.advance(5);
    expect([bench.rooms.oldestFrame, bench.resumed]).toEqual([Number.POSITIVE_INFINITY, 3]);
    // With nothing that waits nothing is tried.
    bench.clock.advance(1000);
    expect(bench.resumed).toBe(3);
  });

  it('has its records as they were when they came, whatever becomes of the frame', () => {
    const bench = new Bench();
    bench.shut.add('a');
    const records = Uint8Array.of(1);
    bench.rooms.offer('a', records, 1, 1);
    records[0] = 2;
    bench.shut.clear();
    bench.clock.advance(5);
    expect(bench.taken).toEqual(['a1']);
  });

  it('is tried no more once everything is stopped', () => {
    const bench = new Bench();
    bench.shut.add('a');
    bench.offer('a', 1);
    bench.rooms.stop();
    bench.shut.clear();
    bench.clock.advance(1000);
    expect([bench.taken, bench.resumed, bench.rooms.idle]).toEqual([[], 0, true]);
    bench.shut.add('a');
    bench.offer('a', 2);
    bench.clock.advance(1000);
    expect([bench.taken, bench.resumed]).toEqual([[], 0]);
  });

  it('may be slow for long, as long as it takes something now and then', () => {
    const bench = new Bench();
    bench.shut.add('a');
    for (let number = 1; number <= 3; number++) bench.offer('a', number, 10);
    bench.clock.advance(5 * 399);
    expect([bench.dropped, bench.rooms.idle]).toEqual([0, false]);
    bench.most = 1;
    bench.clock.advance(5);
    bench.most = 0;
    expect([bench.taken, bench.rooms.oldestFrame]).toEqual([['a1'], 2]);
    bench.clock.advance(5 * 399);
    expect(bench.dropped).toBe(0);
    bench.clock.advance(5);
    expect([bench.dropped, bench.rooms.idle, bench.rooms.oldestFrame]).toEqual([20, true, Number.POSITIVE_INFINITY]);
    bench.clock.advance(5000);
    expect(bench.dropped).toBe(20);
  });

  it('takes one batch that is larger than its room, and no second one', () => {
    const bench = new Bench();
    bench.shut.add('a');
    expect([bench.offer('a', 1, 20_000), bench.offer('a', 2, 1)]).toEqual([true, false]);
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
