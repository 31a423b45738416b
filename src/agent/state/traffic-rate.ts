import type { InstanceSnapshot } from '../status/status-input.ts';

/** Counters of packets translated by the worker or the fast path. */
const THROUGH: ReadonlySet<string> = new Set([
  'translated6to4',
  'translated4to6',
  'hairpinned',
  'fastPackets6to4',
  'fastPackets4to6',
]);

/** Packets forwarded by all instances since the start. */
export function packetsThrough(instances: readonly Pick<InstanceSnapshot, 'counters'>[]): number {
  return instances
    .flatMap(({ counters }) => counters)
    .reduce((sum, { name, value }) => (THROUGH.has(name) ? sum + value : sum), 0);
}

/** Measurement window. */
const WINDOW_MS = 1000;
/** Fewer packets in a window count as no traffic: a node's own checks and strays cause some. */
const FEW = 50;
/** So does this fraction of the initial traffic. */
const REST = 0.01;

/** Determines whether traffic has left a node, from a monotonic count. Pure: time, in milliseconds, is an argument. */
export class TrafficRate {
  /** Samples of the last window, and one before it. */
  #samples: { readonly atMs: number; readonly packets: number }[] = [];
  #before = 0;

  note(nowMs: number, packets: number): void {
    this.#samples.push({ atMs: nowMs, packets });
    while ((this.#samples[1]?.atMs ?? nowMs) <= nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** The traffic is expected to leave from now on. */
  begin(): void {
    this.#before = this.#inWindow();
    this.#samples = this.#samples.slice(-1);
  }

  /** There was no traffic for a whole window since `begin`. */
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
