import type { Code } from '../codes.ts';
import { formatTime } from './table.ts';

/** A text that is no time, or not one that is meant; the sentence says what is expected. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
  readonly code: Code = 'request-invalid';
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY_MS = 86_400_000;
/** A time of this day that is not further ahead is meant as the coming one, not as that of yesterday. */
const AHEAD_MS = 3_600_000;
/** The forms of a time that every command takes, for their help. */
export const TIME_FORMS =
  "03:12 (UTC, the last one, but today's if that is within the next hour), 2026-11-30T03:12Z, " +
  '2026-11-30T04:12+01:00, or 15m (ago)';
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
 * A time as people say it: of the day (the last one that has been, or today's within the next hour), with its date, or
 * so long ago. Without a zone it is UTC, as times are printed.
 * @throws TimeError
 */
export function parseTime(text: string, nowMs: number): number {
  const [, ago = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (unit !== '') return nowMs - Number(ago) * (UNIT_MS[unit] ?? 0);
  const [, ofDay, dayZone = 'Z'] = OF_DAY.exec(text) ?? [];
  if (ofDay !== undefined) return timeOfDay(ofDay, dayZone, nowMs);
  const [, day, clock, zone = 'Z'] = OF_DATE.exec(text) ?? [];
  if (day === undefined || clock === undefined) throw new TimeError(TIMES);
  return timeOn(day, `${clock}${zone}`);
}

/** The last one that has been; within the next hour, that of the day which it is now in its zone. */
function timeOfDay(clock: string, zone: string, nowMs: number): number {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const timeMs = timeOn(today, `${clock}${zone}`);
  // A zone may put the time of this day into yesterday or tomorrow.
  const lastMs = timeMs - DAY_MS * Math.ceil((timeMs - nowMs) / DAY_MS);
  const nextMs = lastMs + DAY_MS;
  const midnightMs = timeOn(today, `00:00${zone}`);
  const dayOf = (ms: number): number => Math.floor((ms - midnightMs) / DAY_MS);
  return nextMs - nowMs <= AHEAD_MS && dayOf(nextMs) === dayOf(nowMs) ? nextMs : lastMs;
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
