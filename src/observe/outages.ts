/*
 * When the cluster was not healthy, from each look at its health. The thread that serves the page and the browser share
 * this file; it imports types alone.
 */
import type { PageHistory, PageOutage } from './page-model.ts';

export type HealthRecord = Pick<PageHistory, 'outages' | 'seenMs'>;

export const NO_OUTAGES: HealthRecord = { outages: [], seenMs: 0 };

/** Between two looks that are further apart nothing is known. */
const GAP_MS = 30_000;
const MOST = 200;

/** Another look. The list is the same one while the health is. */
export function withHealth({ outages, seenMs }: HealthRecord, timeMs: number, health: string): HealthRecord {
  if (timeMs <= seenMs) return { outages, seenMs };
  const last = outages.at(-1);
  const open = last?.to === null ? last : undefined;
  const severity = health === 'degraded' || health === 'notServing' ? health : undefined;
  const isGap = timeMs - seenMs > GAP_MS;
  if (!isGap && open?.severity === severity) return { outages, seenMs: timeMs };
  const ended = open === undefined ? [] : [{ ...open, to: isGap ? seenMs : timeMs }];
  const before = open === undefined ? outages : [...outages.slice(0, -1), ...ended];
  if (severity === undefined) return { outages: before, seenMs: timeMs };
  const begun: PageOutage = { from: timeMs, to: null, severity };
  return { outages: [...before, begun].slice(-MOST), seenMs: timeMs };
}
