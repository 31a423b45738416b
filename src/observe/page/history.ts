import type { HistoryMetric, HistorySample, PageHistory, PageOutage, SeriesId } from '../page-model.ts';
import { belongs, type Selection } from './figures.ts';

type Values = readonly (number | null)[];

/** One line of a plot. */
export interface Line {
  readonly label: string;
  readonly values: Values;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
/** Maximum number of distinguishable lines. */
const MAX_LINES = 6;

/** Appends a sample; samples outside the range are dropped. */
export function withSample(history: PageHistory, { time, values }: HistorySample): PageHistory {
  const last = history.times.at(-1) ?? 0;
  if (time <= last) return history;
  const from = history.times.findIndex((one) => one > time - history.minutes * MINUTE_MS);
  const start = from === -1 ? history.times.length : from;
  const fresh = new Map(values.map(({ value, ...id }) => [keyOf(id), { id, value }]));
  const series = history.series.map(({ id, values: before }) => {
    const key = keyOf(id);
    const added = fresh.get(key)?.value ?? null;
    fresh.delete(key);
    return { id, values: [...before.slice(start), added] };
  });
  const empty = Array.from({ length: history.times.length - start }, () => null);
  const more = [...fresh.values()].map(({ id, value }) => ({ id, values: [...empty, value] }));
  const living = [...series, ...more].filter((one) => one.values.some((value) => value !== null));
  return { ...history, times: [...history.times.slice(start), time], series: living };
}

function keyOf({ metric, node, instance, label }: SeriesId): string {
  return JSON.stringify([metric, node, instance, label]);
}

/** One line per group of a metric's series, each the sum of its series; the largest first. */
export function linesOf(
  history: PageHistory,
  metric: HistoryMetric,
  selection: Selection | undefined,
  groupOf: (id: SeriesId) => string,
): Line[] {
  const groups = new Map<string, Values[]>();
  for (const { id, values } of history.series) {
    if (id.metric !== metric || !belongs(selection, id.node, id.instance)) continue;
    const group = groupOf(id);
    groups.set(group, [...(groups.get(group) ?? []), values]);
  }
  const lines = [...groups].map(([label, all]) => ({ label, values: sum(all, history.times.length) }));
  if (lines.length <= MAX_LINES) return lines.toSorted((one, other) => one.label.localeCompare(other.label));
  const sorted = lines.toSorted((one, other) => total(other.values) - total(one.values));
  const rest = sorted.slice(MAX_LINES - 1).map(({ values }) => values);
  return [...sorted.slice(0, MAX_LINES - 1), { label: 'others', values: sum(rest, history.times.length) }];
}

function sum(all: readonly Values[], length: number): (number | null)[] {
  return Array.from({ length }, (_, index) => {
    const known = all.flatMap((values) => values[index] ?? []);
    return known.length === 0 ? null : known.reduce((one, other) => one + other, 0);
  });
}

function total(values: Values): number {
  return values.reduce<number>((one, other) => one + (other ?? 0), 0);
}

export function secondsOf({ times }: PageHistory): number[] {
  return times.map((time) => time / SECOND_MS);
}

/** A mark over the plots. Seconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly severity: PageOutage['severity'];
}

export function outageWord({ severity }: Outage): string {
  return severity === 'degraded' ? 'degraded' : 'not serving';
}

/** What the step that ends at a moment was marked with; undefined: the cluster was healthy in all of it. */
export function outageAt(outages: readonly Outage[], seconds: number, step = 0): Outage | undefined {
  return outages.findLast(({ from, to }) => from <= seconds && seconds - step <= to);
}

/** The moment next to a time; undefined: there are no data near it. */
export function momentAt(times: ArrayLike<number>, closest: number, seconds: number, step: number): number | undefined {
  const time = times[closest];
  return time !== undefined && Math.abs(time - seconds) <= NEAR_STEPS * step ? closest : undefined;
}

const NEAR_STEPS = 1.5;

/** Each line on the ones below it. A value that is not there adds nothing where another one is. */
export function stack(lines: readonly Line[]): (number | null)[][] {
  const sums: (number | null)[][] = [];
  for (const { values } of lines) {
    const below = sums.at(-1);
    sums.push(
      values.map((value, index) => {
        const base = below?.[index] ?? null;
        return value === null ? base : value + (base ?? 0);
      }),
    );
  }
  return sums;
}

/** What lasted for less cannot be seen, nor told by times of day. */
const LEAST_SECONDS = 1;

/** Those within the range; what lasts goes on to the last moment. */
export function outagesOf({ outages, minutes, times }: PageHistory): Outage[] {
  const last = (times.at(-1) ?? 0) / SECOND_MS;
  const first = last - (minutes * MINUTE_MS) / SECOND_MS;
  return outages
    .map(({ from, to, severity }) => ({ from: from / SECOND_MS, to: to === null ? last : to / SECOND_MS, severity }))
    .filter(({ from, to }) => to - from >= LEAST_SECONDS && to > first);
}

/** `name of node`, or `instance on node` if there are several instances. */
export function placeName(severalInstances: boolean): (id: SeriesId) => string {
  return severalInstances ? ({ node, instance }) => `${instance} on ${node}` : ({ node }) => node;
}
