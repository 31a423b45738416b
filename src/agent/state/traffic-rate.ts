import type { InstanceSnapshot } from '../status/status-input.ts';

/** Packets that went through, by the worker or by the fast path. */
const THROUGH: ReadonlySet<string> = new Set([
  'translated6to4',
  'translated4to6',
  'hairpinned',
  'fastPackets6to4',
  'fastPackets4to6',
]);

/** Packets that all instances have passed on since the start. */
export function packetsThrough(instances: readonly Pick<InstanceSnapshot, 'counters'>[]): number {
  return instances
    .flatMap(({ counters }) => counters)
    .reduce((sum, { name, value }) => (THROUGH.has(name) ? sum + value : sum), 0);
}

/** Looked at over so long. */
const WINDOW_MS = 1000;
/** Fewer packets in that time are no traffic: a node's own checks make some, and so do strays. */
const FEW = 50;
/** Nor is what is left of much traffic. */
const REST = 0.01;

/** Whether traffic has left a node, from a count that only grows. Pure: time, in milliseconds, is an argument. */
export class TrafficRate {
  /** The last window, and one sample before it. */
  #samples: { readonly atMs: number; readonly packets: number }[] = [];
  #before = 0;

  note(nowMs: number, packets: number): void {
    this.#samples.push({ atMs: nowMs, packets });
    while ((this.#samples[1]?.atMs ?? nowMs) <= nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** From now on the traffic is expected to leave. */
  begin(): void {
    this.#before = this.#inWindow();
    this.#samples = this.#samples.slice(-1);
  }

  /** For a whole window since `begin` there was none. */
  get left(): boolean {
    const [oldest] = this.#samples;
    const newest = this.#samples.at(-1);
    if (oldest === undefined || newest === undefined || newest.atMs - oldest.atMs < WINDOW_MS) return false;
    return this.#inWindow() <= Math.max(FEW, this.#before * REST);
  }

  #inWindow(): number {
    return (this.#samples.at(-1)?.packets ?? 0) - (this.#samples[0]?.packets ?? 0);
  }
}
