import type { PoolSlice } from '../../translator/nat64/ports/pool-use.ts';
import type { Counter, Traffic } from '../control/messages.ts';
import { poolSummary } from './pool-summary.ts';

/** Total and rates of a counter. */
export interface CounterRate {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  /** Since the instance started. */
  readonly total: number;
  readonly lastMinute: number;
  /** Per second, over the last two seconds. */
  readonly rate: number;
}

interface Sample {
  readonly atMs: number;
  readonly values: Float64Array;
}

const TRANSLATED = ['translated6to4', 'translated4to6', 'hairpinned'];
const FAST_PACKETS = ['fastPackets6to4', 'fastPackets4to6'];
const SAMPLE_MS = 1000;
/** Averaging time of current rates. */
const NOW_MS = 2000;
const MINUTE_MS = 60_000;
/** Tolerated lateness of a sample: the agent polls ten times a second. */
const TOLERANCE_MS = 50;

/** Rates of one instance, from monotonic counters. Pure: time, in milliseconds, is an argument. */
export class TrafficMeter {
  /** The last minute, one sample per second; and the newest. */
  readonly #samples: Sample[] = [];
  #sinceMs: number | undefined;
  #counters: readonly Counter[] = [];
  /** Cache for the current samples; undefined: outdated. */
  #rates: readonly CounterRate[] | undefined;

  /** Takes a sample if the last one is a second old. */
  note(nowMs: number, counters: readonly Counter[]): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && nowMs - last.atMs < SAMPLE_MS - TOLERANCE_MS) return;
    const values = Float64Array.from(counters, ({ value }) => value);
    // An instance that was started again counts from zero, and has no past.
    const isAnew = last?.values.some((value, index) => value > (values[index] ?? 0)) === true;
    if (isAnew) this.#samples.length = 0;
    if (isAnew || this.#sinceMs === undefined) this.#sinceMs = nowMs;
    this.#counters = counters;
    this.#rates = undefined;
    this.#samples.push({ atMs: nowMs, values });
    while ((this.#samples[1]?.atMs ?? nowMs) <= nowMs - MINUTE_MS + TOLERANCE_MS) this.#samples.shift();
  }

  /** Every counter, in the order of the instance's. */
  get rates(): readonly CounterRate[] {
    return (this.#rates ??= this.#compute());
  }

  #compute(): CounterRate[] {
    const newest = this.#samples.at(-1);
    if (newest === undefined) return [];
    const before = this.#sampleBefore(newest.atMs - NOW_MS, newest);
    const [oldest = newest] = this.#samples;
    const seconds = (newest.atMs - before.atMs) / 1000;
    return this.#counters.map(({ name, kind, help }, index) => {
      const countIn = ({ values }: Sample): number => values[index] ?? 0;
      const [total, then, first] = [countIn(newest), countIn(before), countIn(oldest)] as const;
      return { name, kind, help, total, lastMinute: total - first, rate: seconds > 0 ? (total - then) / seconds : 0 };
    });
  }

  #sampleBefore(ms: number, newest: Sample): Sample {
    const before = this.#samples.findLast(({ atMs }) => atMs <= ms + TOLERANCE_MS);
    return before ?? this.#samples[0] ?? newest;
  }

  /** How long the counters have counted, milliseconds. */
  get ageMs(): number {
    const newestMs = this.#samples.at(-1)?.atMs ?? 0;
    return newestMs - (this.#sinceMs ?? newestMs);
  }

  /** Length of the last minute so far, milliseconds. */
  get spanMs(): number {
    return (this.#samples.at(-1)?.atMs ?? 0) - (this.#samples[0]?.atMs ?? 0);
  }

  /** Summary for status requests and other nodes: rounded, to take little space in frames. */
  traffic(pool: readonly PoolSlice[]): Traffic {
    const { rates } = this;
    const rate = (...names: readonly string[]): number =>
      rates.reduce((sum, one) => (names.includes(one.name) ? sum + one.rate : sum), 0);
    const fastPackets = rate(...FAST_PACKETS);
    const fastBytes = rate('fastBytes6to4', 'fastBytes4to6');
    const packets = rate(...TRANSLATED) + fastPackets;
    const [drops, answers] = [sumOf(rates, 'drop'), sumOf(rates, 'answer')];
    const total = (...names: readonly string[]): number =>
      rates.reduce((sum, one) => (names.includes(one.name) ? sum + one.total : sum), 0);
    const fastBytesAll = total('fastBytes6to4', 'fastBytes4to6');
    return {
      bitsPerSecond: Math.round(8 * (rate('tunBytesWritten') + fastBytes)),
      fastBitsPerSecond: Math.round(8 * fastBytes),
      packetsPerSecond: Math.round(packets),
      fastPacketsPerSecond: Math.round(fastPackets),
      newSessionsPerSecond: Math.round(rate('sessionsCreated')),
      dropped: drops.count,
      topDrop: drops.top,
      topDropCount: drops.topCount,
      answered: answers.count,
      topAnswer: answers.top,
      topAnswerCount: answers.topCount,
      spanMs: Math.round(this.spanMs),
      ...poolSummary(pool),
      countedBytes: total('tunBytesWritten') + fastBytesAll,
      countedFastBytes: fastBytesAll,
      countedPackets: total(...TRANSLATED, ...FAST_PACKETS),
      countedSessions: total('sessionsCreated'),
      countedDrops: drops.all,
      countedTopDrop: drops.topAll,
      countedAnswers: answers.all,
      countedTopAnswer: answers.topAll,
    };
  }
}

interface ReasonSum {
  readonly count: number;
  /** The largest reason; empty: nothing was counted. */
  readonly top: string;
  readonly topCount: number;
  /** Since the start: of all reasons, and of the largest one. */
  readonly all: number;
  readonly topAll: number;
}

function sumOf(rates: readonly CounterRate[], kind: string): ReasonSum {
  const known = rates.filter((one) => one.kind === kind);
  const reasons = known.filter(({ lastMinute }) => lastMinute > 0);
  const top = reasons.reduce<CounterRate | undefined>(
    (best, one) => (best === undefined || one.lastMinute > best.lastMinute ? one : best),
    undefined,
  );
  return {
    count: reasons.reduce((sum, { lastMinute }) => sum + lastMinute, 0),
    top: top?.name ?? '',
    topCount: top?.lastMinute ?? 0,
    all: known.reduce((sum, one) => sum + one.total, 0),
    topAll: top?.total ?? 0,
  };
}
