import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { LogReceiver, type SequenceRange } from '../../../src/replication/log-receiver.ts';
import { SimulatedClock } from './simulated-network.ts';

/** A receiver that has joined after frame `after`, and what it delivered and asked for. */
class Bench {
  readonly clock = new SimulatedClock();
  readonly delivered: number[] = [];
  readonly asked: SequenceRange[] = [];
  readonly dropped: [string, number][] = [];
  readonly recovered: string[] = [];
  room = true;
  onOther: (records: Uint8Array) => void = () => undefined;
  readonly receiver: LogReceiver;

  constructor(after = 0) {
    this.receiver = new LogReceiver(
      {
        clock: this.clock,
        deliver: (instance, records) => {
          if (instance === 'other') {
            this.onOther(records);
            return true;
          }
          if (this.room) this.delivered.push(records[0]);
          return this.room;
        },
        ask: (ranges) => void this.asked.push(...ranges),
        dropped: (instance, count) => void this.dropped.push([instance, count]),
        recovered: (instance) => void this.recovered.push(instance),
        unreadable: () => undefined,
      },
      after,
    );
  }

  /** A frame with one record that begins with the frame's own number. */
  frame(sequence: number): boolean {
    const records = new Uint8Array(64).fill(sequence);
    const batch = { instance: 'internet', layout: 1, records };
    return this.receiver.accept(sequence, isthmus.v1.LogBody.encode({ batches: [batch] }).finish());
  }
}

describe('a log that comes in', () => {
  it('is handed over in order, each frame once', () => {
    const bench = new Bench();
    for (const sequence of [2, 1, 2, 3, 1]) bench.frame(sequence);
    expect(bench.delivered).toEqual([1, 2, 3]);
  });

  it('is asked for what is missing', () => {
    const bench = new Bench();
    for (const sequence of [1, 4, 7]) bench.frame(sequence);
    bench.clock.advance(5);
    expect(bench.asked).toEqual([
      { first: 2, count: 2 },
      { first: 5, count: 2 },
    ]);
  });

  it('is asked for 128 frames in 32 ranges at once, however much is missing', () => {
    const gap = new Bench();
    for (const sequence of [1, 2000]) gap.frame(sequence);
    gap.clock.advance(5);
    expect(gap.asked).toEqual([{ first: 2, count: 128 }]);
    const holes = new Bench();
    for (let sequence = 1; sequence < 400; sequence += 2) holes.frame(sequence);
    holes.clock.advance(5);
    expect(holes.asked).toHaveLength(32);
    expect(holes.asked.at(-1)).toEqual({ first: 64, count: 1 });
  });

  it('takes frames that are up to 8191 ahead of the next one, and delivers them all when that comes', () => {
    const bench = new Bench();
    expect([bench.receiver.check(8192), bench.receiver.check(8193)]).toEqual(['fresh', 'tooFar']);
    for (let sequence = 2; sequence <= 8192; sequence++) expect(bench.frame(sequence)).toBe(true);
    expect(bench.delivered).toEqual([]);
    expect(bench.frame(1)).toBe(true);
    expect(bench.delivered).toHaveLength(8192);
    expect([bench.receiver.check(8192), bench.receiver.check(8193)]).toEqual(['before', 'fresh']);
  });

  it('is asked for ever more rarely while nothing comes of it', () => {
    const bench = new Bench();
    for (const sequence of [1, 3]) bench.frame(sequence);
    bench.clock.advance(2000);
    // At 3, 28, 78, 178 and 378 ms, then each 400 ms: 778, 1178, 1578 and 1978.
    expect(bench.asked.length).toBe(9);
    bench.frame(2);
    bench.clock.advance(2000);
    expect([bench.asked.length, bench.receiver.repaired]).toEqual([9, 1]);
  });

  it('is asked for at the old pace as long as anything comes of it', () => {
    const bench = new Bench();
    for (const sequence of [1, 40]) bench.frame(sequence);
    // Of each answer only one frame arrives, and never the first one.
    for (let round = 0; round < 20; round++) {
      bench.clock.advance(25);
      bench.frame(39 - round);
    }
    expect(bench.asked.length).toBeGreaterThanOrEqual(19);
  });

  it('goes on where the sender can, when it no longer has what is missing', () => {
    const bench = new Bench();
    for (const sequence of [1, 4, 7]) bench.frame(sequence);
    bench.receiver.heartbeat(8, 6);
    expect([bench.delivered, bench.receiver.applied, bench.receiver.lost]).toEqual([[1, 4], 5, 3]);
  });

  it('survives a sender that claims to have lost everything for ever', () => {
    const bench = new Bench();
    bench.frame(1);
    bench.receiver.heartbeat(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    expect(bench.receiver.applied).toBe(Number.MAX_SAFE_INTEGER - 1);
  });

  it('waits while there is no room, and loses nothing', () => {
    const bench = new Bench();
    bench.room = false;
    for (const sequence of [1, 2, 3]) bench.frame(sequence);
    bench.clock.advance(100);
    expect([bench.delivered, bench.receiver.applied]).toEqual([[], 0]);
    bench.room = true;
    bench.clock.advance(10);
    expect(bench.delivered).toEqual([1, 2, 3]);
  });

  it('does not take a frame that is before the next one, and tells only those of its window apart', () => {
    const bench = new Bench(20_000);
    expect([20_000, 3618, 3617, 1].map((sequence) => bench.receiver.check(sequence))).toEqual([
      'before',
      'before',
      'tooOld',
      'tooOld',
    ]);
    expect([20_000, 19_000].map((sequence) => bench.frame(sequence))).toEqual([false, false]);
    expect([bench.receiver.waiting, bench.delivered]).toEqual([0, []]);
  });

  it('keeps 8192 frames waiting, and no more', () => {
    const bench = new Bench();
    for (let sequence = 2; sequence <= 8193; sequence++) expect(bench.frame(sequence)).toBe(true);
    expect([bench.frame(8194), bench.receiver.waiting]).toEqual([false, 8192]);
  });

  it('counts a gap for each hole, and none where frames come in order', () => {
    const bench = new Bench();
    for (const sequence of [1, 2, 3]) bench.frame(sequence);
    expect(bench.receiver.gaps).toBe(0);
    for (const sequence of [6, 7, 5, 4, 8]) bench.frame(sequence);
    expect([bench.receiver.gaps, bench.receiver.repaired]).toEqual([1, 2]);
    for (const sequence of [10, 12]) bench.frame(sequence);
    expect(bench.receiver.gaps).toBe(3);
  });

  it('refuses what is too far ahead to be kept', () => {
    const bench = new Bench(10);
    expect([9, 11, 100_000].map((sequence) => bench.receiver.check(sequence))).toEqual(['before', 'fresh', 'tooFar']);
  });

  it('hands over each batch of a frame once, also where the sender gives up what is before it', () => {
    const bench = new Bench();
    bench.room = false;
    // As much as waits for one instance at most.
    const full = new Uint8Array(64 * 16_384);
    const batch = (first: number, records = new Uint8Array(64).fill(first), instance = 'internet'): object => {
      return { instance, layout: 1, records };
    };
    const accept = (sequence: number, ...batches: object[]): void => {
      bench.receiver.accept(sequence, isthmus.v1.LogBody.encode({ batches }).finish());
    };
    accept(1, batch(0, full));
    const others: number[] = [];
    bench.onOther = (records) => others.push(records[0]);
    accept(2, batch(7, undefined, 'other'), batch(8));
    expect([others, bench.receiver.waiting]).toEqual([[7], 1]);
    bench.receiver.heartbeat(3, 3);
    bench.receiver.heartbeat(3, 3);
    bench.room = true;
    bench.clock.advance(10);
    expect([others, bench.delivered, bench.receiver.lost]).toEqual([[7], [0, 8], 0]);
  });
});
