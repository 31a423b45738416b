import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Interval of measuring the main loop, milliseconds. */
const PROBE_MS = 100;
const SECOND_MS = 1000;
/** Seconds; the upper ones are in the range of the agent's watchdogs. */
const DELAY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
/** Gauges of the library with names of counters. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

export const EVENT_LOOP_DELAY = {
  name: 'isthmus_event_loop_delay_seconds',
  help: 'By how much a timer of the main loop came late, measured ten times a second.',
};

/** Metrics of the agent's process: the usual ones of Node.js, and the lateness of its main loop. */
export class ProcessMetrics {
  readonly #registry = new Registry();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
    const delay = new Histogram({ ...EVENT_LOOP_DELAY, buckets: DELAY_BUCKETS, registers: [this.#registry] });
    let expectedMs = performance.now() + PROBE_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      delay.observe(Math.max(0, now - expectedMs) / SECOND_MS);
      expectedMs = now + PROBE_MS;
    }, PROBE_MS).unref();
  }

  /** In Prometheus' text format. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
