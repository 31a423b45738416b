import { readFileSync } from 'node:fs';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { constrainedMemory, machineMemory } from '../../linux/memory-limit.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

const NANOSECONDS = 1e6;
const MEBIBYTE = 1024 * 1024;
/** Resolution of the delay measurement, milliseconds. */
const RESOLUTION_MS = 10;

type DelayHistogram = Pick<IntervalHistogram, 'max' | 'enable' | 'disable' | 'reset'>;

/**
 * Maximum lateness of the agent's main loop since the last probe, minus the time its thread waited for a processor: a
 * busy machine is not the agent's fault. A late loop replicates and withdraws late.
 */
export class EventLoopProbe implements Probe {
  readonly name = 'event loop';
  readonly #limitMs: number;
  readonly #histogram: DelayHistogram;
  readonly #waitedMs: () => number;
  #waitedBeforeMs: number;

  /** @param waitedMs time that the main thread has waited for a processor since its start, milliseconds */
  constructor(
    limitMs: number,
    histogram: DelayHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS }),
    waitedMs: () => number = mainThreadWaitedMs,
  ) {
    this.#limitMs = limitMs;
    this.#histogram = histogram;
    this.#waitedMs = waitedMs;
    this.#waitedBeforeMs = waitedMs();
    this.#histogram.enable();
  }

  async check(): Promise<Finding> {
    const lateMs = Math.max(0, this.#histogram.max / NANOSECONDS - RESOLUTION_MS);
    this.#histogram.reset();
    const waited = this.#waitedMs();
    const waitedMs = Math.min(lateMs, waited - this.#waitedBeforeMs);
    this.#waitedBeforeMs = waited;
    const ofThose = waitedMs >= 1 ? `, ${Math.round(waitedMs)} ms of it without a processor` : '';
    const text = `maximum main loop delay ${Math.round(lateMs)} ms${ofThose}`;
    return lateMs - waitedMs < this.#limitMs
      ? { result: 'ok', text }
      : { result: 'failed', text: `${text}; the limit is ${this.#limitMs} ms` };
  }

  async stop(): Promise<void> {
    this.#histogram.disable();
  }
}

/** Second field of schedstat (Documentation/scheduler/sched-stats); 0 if the kernel does not provide it. */
function mainThreadWaitedMs(): number {
  try {
    const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'latin1');
    return Number(text.split(' ')[1]) / NANOSECONDS;
  } catch {
    return 0;
  }
}

export interface MemoryUse {
  /** Resident memory of the process, bytes. */
  readonly used: number;
  /** Memory limit, bytes. */
  readonly limit: number;
}

/**
 * The agent's memory including all sessions, compared with the limit of its control group, else the machine's memory.
 */
export class MemoryProbe implements Probe {
  readonly name = 'memory';
  readonly #percent: number;
  readonly #measure: () => MemoryUse;

  constructor(percent: number, measure: () => MemoryUse = measureMemory) {
    this.#percent = percent;
    this.#measure = measure;
  }

  async check(): Promise<Finding> {
    const { used, limit } = this.#measure();
    const share = (used / limit) * 100;
    const text = `${Math.round(used / MEBIBYTE)} MiB of ${Math.round(limit / MEBIBYTE)} MiB`;
    return share < this.#percent
      ? { result: 'ok', text }
      : { result: 'failed', text: `${text}, more than ${this.#percent} %: the kernel may end the agent` };
  }
}

function measureMemory(): MemoryUse {
  return { used: process.memoryUsage.rss(), limit: constrainedMemory() ?? machineMemory() };
}
