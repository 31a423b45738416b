import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';

/** A continuous ping with the time of each answer: an outage is the longest pause between two answers. */
export class Ping {
  readonly process: LabProcess;
  readonly intervalMs: number;
  /** Times of answers, ms since the epoch. */
  readonly #answers: number[] = [];
  #highest = 0;

  constructor(machine: Machine, target: string, intervalMs: number, own?: string) {
    this.intervalMs = intervalMs;
    const from = own === undefined ? [] : ['-I', own];
    this.process = machine.start('ping', ['ping', '-n', '-D', '-i', (intervalMs / 1000).toFixed(3), ...from, target]);
    this.process.onLine((line) => {
      const [, at, sequence] = /^\[(\d+\.\d+)\] \d+ bytes from .*icmp_seq=(\d+)/.exec(line) ?? [];
      if (at === undefined) return;
      this.#answers.push(Number(at) * 1000);
      this.#highest = Math.max(this.#highest, Number(sequence));
    });
  }

  get answers(): number {
    return this.#answers.length;
  }

  /** Unanswered requests before the last answered one. */
  get lost(): number {
    return this.#highest - this.#answers.length;
  }

  /** Waits for `count` more answers. */
  async flowing(count: number, timeoutMs: number): Promise<void> {
    const goal = this.#answers.length + count;
    await waitFor(`${count} more answers to ${this.process.name}`, () => this.#answers.length >= goal, {
      timeoutMs,
      everyMs: 5,
      diagnose: () => this.process.tail(3),
    });
  }

  /**
   * The longest time without an answer that ended after `since` (ms since the epoch), minus the interval of the ping.
   */
  outageMs(since: number): number {
    return Math.max(0, longestPause(this.#answers, since) - this.intervalMs);
  }
}

/** The longest pause between two of these ascending times that ended after `since`; 0: none. */
export function longestPause(times: readonly number[], since: number): number {
  return times.reduce((longest, at, index) => {
    const before = times[index - 1];
    return before === undefined || at < since ? longest : Math.max(longest, at - before);
  }, 0);
}
