import { describe, expect, it } from 'vitest';
import { Pacer } from '../../../src/replication/pacer.ts';
import { ResendBuffer } from '../../../src/replication/resend-buffer.ts';
import { random } from './simulated-network.ts';

describe('frames kept to be sent again', () => {
  it('are the newest, within the bounds of number and of bytes', () => {
    const chance = random(5);
    const buffer = new ResendBuffer(32, 2000);
    const all: Buffer[] = [];
    for (let sequence = 1; sequence <= 500; sequence++) {
      const frame = Buffer.alloc(1 + Math.floor(chance() * 200), sequence);
      all.push(frame);
      buffer.keep(sequence, frame);
      const kept = all.slice(buffer.oldest - 1);
      const bytes = kept.reduce((sum, { length }) => sum + length, 0);
      expect([kept.length <= 32, bytes <= 2000, buffer.bytes]).toEqual([true, true, bytes]);
      // One more than is kept would not have fitted.
      const more = bytes + (all[buffer.oldest - 2]?.length ?? 0);
      if (buffer.oldest > 1) expect(kept.length === 32 || more > 2000).toBe(true);
      expect(buffer.get(buffer.oldest)).toBe(all[buffer.oldest - 1]);
      expect([buffer.get(buffer.oldest - 1), buffer.get(sequence + 1)]).toEqual([undefined, undefined]);
    }
  });

  it('are not sent again twice in a moment', () => {
    const buffer = new ResendBuffer(4, 100);
    buffer.keep(1, Buffer.alloc(1));
    expect(buffer.mayGoAgain(1, 0)).toBe(true);
    buffer.goesAgain(1, 0);
    expect([5, 19, 20, 30].map((now) => buffer.mayGoAgain(1, now))).toEqual([false, false, true, true]);
    expect(buffer.mayGoAgain(2, 0)).toBe(false);
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
