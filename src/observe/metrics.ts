import { Counter, Gauge, Registry } from 'prom-client';
import type { StatusReply } from '../agent/control/messages.ts';
import type { EndpointCounts, MetricRow } from './metric-row.ts';
import { METRICS } from './metric-table.ts';

/** The metrics of one agent in Prometheus' text format. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #rows: readonly { row: MetricRow; metric: Gauge | Counter }[];

  constructor() {
    this.#rows = METRICS.map((row) => ({ row, metric: this.#create(row) }));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics with their current values. */
  async render(status: StatusReply, counts: EndpointCounts): Promise<string> {
    for (const { row, metric } of this.#rows) {
      metric.reset();
      for (const { labels, value } of row.read(status, counts)) metric.inc(labels, value);
    }
    return await this.#registry.metrics();
  }

  #create({ name, type, help, labels }: MetricRow): Gauge | Counter {
    const configuration = { name, help, labelNames: [...labels], registers: [this.#registry] };
    return type === 'gauge' ? new Gauge(configuration) : new Counter(configuration);
  }
}
