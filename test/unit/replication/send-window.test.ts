import { describe, expect, it } from 'vitest';
import { SendWindow } from '../../../src/replication/send-window.ts';

/** What the kernel reads back for a receive buffer of 8 MiB, and for one of default size. */
const LARGE = 16 * 1024 * 1024;
const DEFAULT = 425_984;
const QUEUE = 512;

function windowOf(room: number, senders = 1): SendWindow {
  const window = new SendWindow();
  window.limit(room, senders, QUEUE);
  return window;
}

/** Acknowledges as fast as the window lets frames go. @returns the number of the last one */
function run(window: SendWindow, rounds: number, from = 0): number {
  let sequence = from;
  for (let round = 0; round < rounds; round++) {
    sequence += window.open(sequence);
    window.acknowledge(sequence);
  }
  return sequence;
}

describe('the window of a log', () => {
  it('begins with what a default buffer takes, and lets nothing go beyond it', () => {
    const window = windowOf(LARGE);
    expect([window.open(0), window.open(40), window.open(64), window.open(1000)]).toEqual([64, 24, 0, 0]);
  });

  it('grows with what is acknowledged, up to what the links and the smallest receiver have room for', () => {
    const window = windowOf(LARGE);
    run(window, 20);
    expect(window.size).toBe(QUEUE);
    const many = windowOf(LARGE, 8);
    run(many, 20);
    expect(many.size).toBe(Math.floor(LARGE / (4733 * 2 * 8)));
  });

  it('never grows where a receiver has a buffer of default size, or does not say', () => {
    for (const room of [DEFAULT, 0]) {
      const window = windowOf(room);
      run(window, 20);
      expect(window.size).toBe(64);
    }
  });

  it('is halved by a loss, once in 100 ms, and then grows slowly', () => {
    const window = windowOf(LARGE);
    const at = run(window, 20);
    window.lossReported(1000);
    window.lossReported(1099);
    expect(window.size).toBe(QUEUE / 2);
    run(window, 1, at);
    expect(window.size).toBe(QUEUE / 2 + 64);
    for (let ms = 2000; ms < 4000; ms += 100) window.lossReported(ms);
    expect(window.size).toBe(64);
  });

  it('opens with what is acknowledged for the first time, and with nothing else', () => {
    const window = windowOf(LARGE);
    expect([window.acknowledge(0), window.open(0)]).toEqual([false, 64]);
    expect([window.acknowledge(10), window.size, window.open(10)]).toEqual([true, 74, 74]);
    expect([window.acknowledge(10), window.acknowledge(9), window.size]).toEqual([false, false, 74]);
    expect([window.open(20), window.open(84), window.open(85)]).toEqual([64, 0, 0]);
  });

  it('grows by what a default buffer takes in each round after a loss, however the round is acknowledged', () => {
    const window = windowOf(LARGE);
    const at = run(window, 20);
    window.lossReported(1000);
    // A part of a round gives that part of 64, rounded up.
    window.acknowledge(at + 1);
    expect(window.size).toBe(257);
    window.acknowledge(at + 1 + 257);
    expect(window.size).toBe(257 + 64);
    window.lossReported(1099);
    expect(window.size).toBe(257 + 64);
    window.lossReported(1100);
    expect(window.size).toBe(Math.floor((257 + 64) / 2));
  });

  it('counts at least one sender, and no more frames than the own links take', () => {
    const full = Math.floor(LARGE / (4733 * 2));
    for (const [senders, queue, size] of [
      [0, 10_000, full],
      [1, 10_000, full],
      [2, 10_000, Math.floor(LARGE / (4733 * 4))],
      [1, 100, 100],
      [1, 10, 64],
    ]) {
      const window = new SendWindow();
      window.limit(LARGE, senders, queue);
      run(window, 30);
      expect(window.size).toBe(size);
    }
  });

  it('shrinks when another peer with less room comes', () => {
    const window = windowOf(LARGE);
    const at = run(window, 20);
    window.limit(DEFAULT, 2, QUEUE);
    expect([window.size, window.open(at)]).toEqual([64, 64]);
  });
});
