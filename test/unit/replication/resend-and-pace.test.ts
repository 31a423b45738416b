import { describe, expect, it } from 'vitest';
import { Pacer } from '../../../src/replication/pacer.ts';
import { ResendBuffer } from '../../../src/replication/resend-buffer.ts';
import { random } from './simulated-network.ts';

describe('frames kept to be sent again', () => {
  /** A frame of so many bytes that all say its number. */
  function keep(buffer: ResendBuffer, sequence: number, bytes: number): void {
    const frame = buffer.reserve(bytes);
    expect(frame.length).toBe(bytes);
    frame.fill(sequence);
    buffer.keep(sequence, frame);
  }

  it('are the newest, whole, within the bounds of number and of bytes', () => {
    for (const [seed, longest, pieces] of [
      [5, 200, 1],
      [6, 900, 1],
      [7, 20, 1],
      [8, 200, 4],
      [9, 500, 4],
      [10, 30, 20],
    ] as const) {
      const chance = random(seed);
      const buffer = new ResendBuffer(32, 2000, 2000 / pieces);
      const lengths: number[] = [0];
      for (let sequence = 1; sequence <= 1000; sequence++) {
        const length = 1 + Math.floor(chance() * longest);
        lengths.push(length);
        keep(buffer, sequence, length);
        const { oldest } = buffer;
        const kept = lengths.slice(oldest);
        const bytes = kept.reduce((sum, each) => sum + each, 0);
        expect([kept.length <= 32, bytes <= 2000, buffer.bytes]).toEqual([true, true, bytes]);
        for (let at = oldest; at <= sequence; at++) {
          const frame = buffer.get(at);
          expect(frame?.equals(Buffer.alloc(lengths[at], at)), `frame ${at} of ${sequence}`).toBe(true);
        }
        expect([buffer.get(oldest - 1), buffer.get(sequence + 1)]).toEqual([undefined, undefined]);
        // What is dropped makes room: two frames more than are kept, and what is unused at the ends of pieces, would
        // not have fitted.
        const more = kept.length + 1 > 32 || bytes + (2 + pieces) * longest > 2000;
        expect(oldest === 1 || more, `${kept.length} frames, ${bytes} bytes`).toBe(true);
      }
    }
  });

  it('are as many as fit exactly', () => {
    const buffer = new ResendBuffer(8, 100);
    keep(buffer, 1, 50);
    keep(buffer, 2, 50);
    expect([buffer.oldest, buffer.bytes, buffer.get(1)?.length]).toEqual([1, 100, 50]);
    keep(buffer, 3, 50);
    expect([buffer.oldest, buffer.bytes, buffer.get(2)?.length]).toEqual([2, 100, 50]);
  });

  it('are none when all are forgotten, and the next ones are kept again', () => {
    const buffer = new ResendBuffer(8, 100);
    for (let sequence = 1; sequence <= 5; sequence++) keep(buffer, sequence, 30);
    buffer.forget(5);
    expect([buffer.oldest, buffer.bytes, buffer.get(5)]).toEqual([6, 0, undefined]);
    for (let sequence = 6; sequence <= 8; sequence++) keep(buffer, sequence, 30);
    expect([buffer.oldest, buffer.bytes]).toEqual([6, 90]);
    expect(() => buffer.reserve(101)).toThrow(RangeError);
  });

  it('are not sent again twice in a moment', () => {
    const buffer = new ResendBuffer(4, 100);
    keep(buffer, 1, 1);
    expect(buffer.mayResend(1, 0)).toBe(true);
    buffer.resent(1, 0);
    expect([5, 19, 20, 30].map((now) => buffer.mayResend(1, now))).toEqual([false, false, true, true]);
    expect(buffer.mayResend(2, 0)).toBe(false);
  });
});

describe('a pace', () => {
  it('never lets more go than one burst and what the time gives', () => {
    const pacer = new Pacer({ slowest: 100, fastest: 1000, burst: 10 }, 0);
    let sent = 0;
    for (let now = 0; now <= 2000; now += 3) {
      const frames = pacer.available(now);
      pacer.spend(frames);
      sent += frames;
      expect(frames).toBeLessThanOrEqual(10);
      expect(sent).toBeLessThanOrEqual(10 + now);
    }
    expect(sent).toBeGreaterThan(1900);
  });

  it('falls when losses are reported, not below the slowest, and rises again by itself', () => {
    const pacer = new Pacer({ slowest: 100, fastest: 1000, burst: 10 }, 0);
    pacer.lossReported(0);
    expect(pacer.pace(0)).toBe(700);
    pacer.lossReported(50);
    expect(pacer.pace(50)).toBeGreaterThan(700);
    for (let now = 100; now < 5000; now += 100) pacer.lossReported(now);
    const low = pacer.pace(5000);
    expect([low >= 100, low < 200]).toEqual([true, true]);
    expect(pacer.pace(15_000)).toBe(1000);
  });
});
