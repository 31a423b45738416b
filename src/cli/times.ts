import type { Code } from '../codes.ts';
import { formatTime } from './table.ts';

/** A text that is no time, or not one that is meant; the sentence says what is expected. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
  readonly code: Code = 'request-invalid';
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY_MS = 86_400_000;
/** The forms of a time that every command takes, for their help. */
export const TIME_FORMS = '03:12 (UTC, the last 03:12), 2026-11-30T03:12Z, 2026-11-30T04:12+01:00, or 15m (ago)';
const TIMES = `expected a time, such as ${TIME_FORMS}`;

/** As `parseTime`, for what is known of times that have been alone. @throws TimeError */
export function parsePastTime(text: string, nowMs: number): number {
  const timeMs = parseTime(text, nowMs);
  if (timeMs > nowMs) throw new TimeError(`${formatTime(timeMs)} is in the future; now it is ${formatTime(nowMs)}`);
  return timeMs;
}

const ZONE = String.raw`(Z|[+-]\d\d:?\d\d)?`;
const CLOCK = String.raw`(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)`;
const OF_DAY = new RegExp(`^${CLOCK}${ZONE}$`);
const OF_DATE = new RegExp(String.raw`^(\d{4}-\d\d-\d\d)[T ]${CLOCK}${ZONE}$`);

/**
 * A time as people say it: of the day (the last one that has been), with its date, or so long ago. Without a zone it is
 * UTC, as times are printed.
 * @throws TimeError
 */
export function parseTime(text: string, nowMs: number): number {
  const [, ago = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (unit !== '') return nowMs - Number(ago) * (UNIT_MS[unit] ?? 0);
  const [, ofDay, dayZone = 'Z'] = OF_DAY.exec(text) ?? [];
  if (ofDay !== undefined) {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const timeMs = timeOn(today, `${ofDay}${dayZone}`);
    // A zone may put the time of this day into yesterday or tomorrow.
    return timeMs - DAY_MS * Math.ceil((timeMs - nowMs) / DAY_MS);
  }
  const [, day, clock, zone = 'Z'] = OF_DATE.exec(text) ?? [];
  if (day === undefined || clock === undefined) throw new TimeError(TIMES);
  return timeOn(day, `${clock}${zone}`);
}

/** Whether a time has its zone with it, or is of none. */
export function hasZone(text: string): boolean {
  return !/\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) || /[+-]\d\d:\d\d$/.test(text);
}

/** `Date.parse` takes February 30 for March 2. */
function timeOn(day: string, clock: string): number {
  const timeMs = Date.parse(`${day}T${clock}`);
  const midnight = Date.parse(`${day}T00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (!exists || Number.isNaN(timeMs)) throw new TimeError(TIMES);
  return timeMs;
}
