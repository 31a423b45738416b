import { existsSync, readFileSync } from 'node:fs';
import type { HistoryMetric, HistorySample, SeriesId } from './page-model.ts';

/** Maximum length of a line, characters; ours are shorter. */
const MAX_LINE = 128 * 1024;
const METRICS: ReadonlySet<string> = new Set<HistoryMetric>([
  'health',
  'serving',
  'lag',
  'sessions',
  'held',
  'slowBits',
  'fastBits',
  'packets',
  'newSessions',
  'pool',
  'drops',
]);

/** A line of the file: the time, then the identity and value of each series. */
export function lineOf({ time, values }: HistorySample): string {
  const rows = values.map(({ metric, node, instance, label, value }) => [metric, node, instance, label, value]);
  return `${JSON.stringify([time, ...rows])}\n`;
}

/** Samples of the file and its predecessor, oldest first; a line truncated by a crash is skipped. */
export function readSamples(path: string): HistorySample[] {
  return [`${path}.1`, path].flatMap((one) =>
    existsSync(one) ? readFileSync(one, 'utf8').split('\n').flatMap(sampleOf) : [],
  );
}

function sampleOf(line: string): HistorySample[] {
  if (line === '' || line.length > MAX_LINE) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return [];
  }
  const [time, ...rows] = listOf(parsed);
  return typeof time === 'number' ? [{ time, values: rows.flatMap(valueOf) }] : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function valueOf(row: unknown): (SeriesId & { value: number })[] {
  const [metric, node, instance, label, value] = listOf(row);
  if (!isMetric(metric) || typeof node !== 'string' || typeof instance !== 'string') return [];
  if (typeof label !== 'string' || typeof value !== 'number') return [];
  return [{ metric, node, instance, label, value }];
}

function isMetric(text: unknown): text is HistoryMetric {
  return typeof text === 'string' && METRICS.has(text);
}
