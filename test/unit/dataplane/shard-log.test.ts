import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ShardEnd, ShardLog } from '../../../src/dataplane/shard-log.ts';

const SIZE = 64;

/** A shard with records 1, 2, 3 … in its outbox, and an inbox of a given size. */
class SimulatedShard implements ShardEnd {
  readonly #name: number;
  written = 0;
  taken = 0;
  room: number;
  readonly got: number[] = [];
  confirmed = 0;

  constructor(name: number, room = 1000) {
    this.#name = name;
    this.room = room;
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const count = Math.min(max, this.written - this.taken);
    const view = new DataView(out.buffer, out.byteOffset);
    for (let index = 0; index < count; index++) {
      out.fill(0, offset + index * SIZE, offset + (index + 1) * SIZE);
      out[offset + index * SIZE] = this.#name;
      this.taken += 1;
      view.setUint32(offset + index * SIZE + 8, this.taken);
    }
    return count;
  }

  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    const view = new DataView(records.buffer, records.byteOffset);
    for (let index = 0; index < count; index++) {
      if (records[offset + index * SIZE] !== this.#name) throw new Error('a record of another shard');
      this.got.push(view.getUint32(offset + index * SIZE + 8));
    }
    this.room -= count;
    return true;
  }

  confirmRecords(position: number): void {
    this.confirmed = position;
  }
}

const steps = fc.array(fc.record({ shard: fc.nat(2), add: fc.nat(40), take: fc.integer({ min: 1, max: 60 }) }), {
  maxLength: 60,
});

describe('the log of an instance with shards', () => {
  it('brings every shard its own records, in their order, each once', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const from = [1, 2, 3].map((name) => new SimulatedShard(name));
        const to = [1, 2, 3].map((name) => new SimulatedShard(name, 1e6));
        const [out, back] = [new ShardLog(from), new ShardLog(to)];
        const batch = new Uint8Array(64 * SIZE);
        for (const { shard, add, take } of all) {
          from[shard].written += add;
          const count = out.take(batch, SIZE, take);
          expect(count === take || from.every((one) => one.taken === one.written)).toBe(true);
          expect(back.offer(batch, SIZE, count)).toBe(true);
        }
        for (let left = 1; left > 0;) back.offer(batch, 0, (left = out.take(batch, 0, 64)));
        for (const [index, { got }] of to.entries()) {
          expect(got).toEqual(Array.from({ length: from[index].written }, (_, at) => at + 1));
        }
      }),
      { seed: 7 },
    );
  });

  it('confirms to each shard what it has of the whole, never more, and all in the end, across 2^32 too', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 1, max: 50 })), (all, advances) => {
        const shards = [1, 2, 3].map((name) => new SimulatedShard(name));
        const log = new ShardLog(shards);
        const batch = new Uint8Array(64 * SIZE);
        const order: number[] = [];
        let confirmed = 0;
        const confirm = (position: number): void => {
          confirmed = position;
          log.confirm(position | 0);
          for (const [index, shard] of shards.entries()) {
            const really = order.slice(0, confirmed).filter((name) => name === index + 1).length;
            expect(shard.confirmed).toBeLessThanOrEqual(really);
          }
        };
        for (const [index, { shard, add, take }] of all.entries()) {
          shards[shard].written += add;
          const count = log.take(batch, 0, take);
          for (let at = 0; at < count; at++) order.push(batch[at * SIZE]);
          confirm(Math.min(order.length, confirmed + (advances[index] ?? 1)));
        }
        confirm(order.length);
        for (const shard of shards) expect(shard.confirmed).toBe(shard.taken);
      }),
      { seed: 8 },
    );
  });

  it('has all confirmed in the end though nobody confirmed anything for long', () => {
    const shards = [new SimulatedShard(1), new SimulatedShard(2)];
    const log = new ShardLog(shards);
    const batch = new Uint8Array(SIZE);
    for (let count = 0; count < 2000; count++) {
      shards[count % 2].written += 1;
      expect(log.take(batch, 0, 1)).toBe(1);
    }
    log.confirm(1000);
    expect(shards.map(({ confirmed }) => confirmed <= 500)).toEqual([true, true]);
    log.confirm(2000);
    expect(shards.map(({ confirmed }) => confirmed)).toEqual([1000, 1000]);
  });

  it('takes all of a batch or nothing, and counts records of a shard that is not here', () => {
    const from = [new SimulatedShard(1), new SimulatedShard(2), new SimulatedShard(3)];
    for (const shard of from) shard.written = 4;
    const batch = new Uint8Array(12 * SIZE);
    expect(new ShardLog(from).take(batch, 0, 12)).toBe(12);
    const to = [new SimulatedShard(1, 10), new SimulatedShard(2, 3)];
    const log = new ShardLog(to);
    expect(log.offer(batch, 0, 12)).toBe(false);
    expect(to.map(({ got }) => got.length)).toEqual([0, 0]);
    to[1].room = 4;
    expect(log.offer(batch, 0, 12)).toBe(true);
    expect(to.map(({ got }) => got.length)).toEqual([4, 4]);
    expect(log.strangers).toBe(4);
  });
});
