import { healthIn } from './history-sample.ts';
import { NO_OUTAGES, withHealth } from './outages.ts';
import { type HistorySample, MAX_POINTS, type PageHistory, SAMPLE_MS, type SeriesId } from './page-model.ts';

export interface HistoryLimits {
  readonly samples: number;
  readonly series: number;
}

/** Six hours at ten-second intervals; a cluster of 16 nodes with 4 instances has about 500 series. */
export const HISTORY_LIMITS: HistoryLimits = { samples: 2160, series: 512 };

const MINUTE_MS = 60_000;

interface Series {
  readonly id: SeriesId;
  /** One value for each position in the ring; NaN: none. */
  readonly values: Float32Array;
}

/**
 * Values of the last hours: a ring of samples with fixed size. With more series than capacity, a series without a value
 * in the whole ring is replaced; otherwise the new one is dropped and counted.
 */
export class HistoryStore {
  readonly #limits: HistoryLimits;
  readonly #times: Float64Array;
  readonly #series = new Map<string, Series>();
  readonly #leftOut = new Set<string>();
  #health = NO_OUTAGES;
  /** Number of samples ever added; the next one goes to that position modulo the size. */
  #added = 0;

  constructor(limits: HistoryLimits = HISTORY_LIMITS) {
    this.#limits = limits;
    this.#times = new Float64Array(limits.samples);
  }

  /** Series beyond the capacity. */
  get leftOut(): number {
    return this.#leftOut.size;
  }

  /** The health between two samples. @returns whether it has changed */
  noteHealth(time: number, health: string): boolean {
    const before = this.#health;
    this.#health = withHealth(before, time, health);
    return this.#health.outages !== before.outages;
  }

  /** A sample not later than the last one is dropped: the clock was set back. One of the health alone is no point. */
  add(sample: HistorySample): void {
    const { time, values } = sample;
    const health = healthIn(sample);
    if (health !== undefined) this.noteHealth(time, health);
    if (health !== undefined && values.length === 1) return;
    if (!Number.isFinite(time) || (this.#added > 0 && time <= this.#timeAt(this.#added - 1))) return;
    const place = this.#added % this.#limits.samples;
    this.#times[place] = time;
    for (const series of this.#series.values()) series.values[place] = Number.NaN;
    this.#added += 1;
    for (const { value, ...id } of values) {
      const series = this.#seriesOf(id);
      if (series !== undefined) series.values[place] = value;
    }
  }

  /** The last `minutes` before the last sample, reduced to what a plot can show: means of groups of equal size. */
  view(minutes: number): PageHistory {
    const first = this.#firstWithin(minutes * MINUTE_MS);
    const group = Math.max(1, Math.ceil((this.#added - first) / MAX_POINTS));
    const starts: number[] = [];
    for (let index = first; index < this.#added; index += group) starts.push(index);
    const ends = starts.map((start) => Math.min(start + group, this.#added));
    return {
      minutes,
      stepMs: group * SAMPLE_MS,
      times: ends.map((end) => this.#timeAt(end - 1)),
      series: [...this.#series.values()].map(({ id, values }) => ({
        id,
        values: starts.map((start, index) => this.#mean(values, start, ends[index] ?? start, id.metric === 'drops')),
      })),
      ...this.#health,
      left: this.leftOut,
    };
  }

  #timeAt(index: number): number {
    return this.#times[index % this.#limits.samples] ?? Number.NaN;
  }

  #firstWithin(rangeMs: number): number {
    const oldest = Math.max(0, this.#added - this.#limits.samples);
    if (this.#added === 0) return 0;
    const from = this.#timeAt(this.#added - 1) - rangeMs;
    let first = this.#added - 1;
    while (first > oldest && this.#timeAt(first - 1) >= from) first -= 1;
    return first;
  }

  /** @param zeros a reason that a sample does not name counted nothing then */
  #mean(values: Float32Array, start: number, end: number, zeros: boolean): number | null {
    let [sum, count] = [0, 0];
    for (let index = start; index < end; index += 1) {
      const value = values[index % this.#limits.samples] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    return count === 0 ? null : Math.round((sum / (zeros ? end - start : count)) * 1000) / 1000;
  }

  #seriesOf(id: SeriesId): Series | undefined {
    const key = `${id.metric} ${id.node} ${id.instance} ${id.label}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= this.#limits.series && !this.#dropEmpty()) {
      if (this.#leftOut.size < this.#limits.series) this.#leftOut.add(key);
      return undefined;
    }
    const series = { id, values: new Float32Array(this.#limits.samples).fill(Number.NaN) };
    this.#series.set(key, series);
    this.#leftOut.delete(key);
    return series;
  }

  #dropEmpty(): boolean {
    for (const [key, { values }] of this.#series) {
      if (values.every(Number.isNaN)) return this.#series.delete(key);
    }
    return false;
  }
}
