import { type Command, InvalidArgumentError, Option } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY_MS = 86_400_000;
const TIMES = 'expected a time, such as 03:12 (UTC, the last one), 2026-11-30T03:12Z or 15m (ago)';

/** Adds `--since` and `--until`. */
export function timeOptions(command: Command): Command {
  return command
    .addOption(timeOption('--since <time>', 'only from this time on: 03:12 (UTC), 2026-11-30T03:12Z, or 15m (ago)'))
    .addOption(timeOption('--until <time>', 'only up to this time'));
}

export function timeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => parseTime(text, Date.now()));
}

/**
 * A time of day (the last such time, in UTC like printed times), a date and time, or a time span before now. Without a
 * zone it is UTC.
 * @throws InvalidArgumentError
 */
export function parseTime(text: string, nowMs: number): number {
  const [, ago = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (unit !== '') return nowMs - Number(ago) * (UNIT_MS[unit] ?? 0);
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (/^\d\d:\d\d(:\d\d)?$/.test(text)) {
    const timeMs = timeOn(today, `${text}Z`);
    return timeMs > nowMs ? timeMs - DAY_MS : timeMs;
  }
  const [, day, clock, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (day === undefined || clock === undefined) throw new InvalidArgumentError(TIMES);
  return timeOn(day, `${clock}${zone}`);
}

/** `Date.parse` accepts February 30 as March 2. */
function timeOn(day: string, clock: string): number {
  const timeMs = Date.parse(`${day}T${clock}`);
  const midnight = Date.parse(`${day}T00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (!exists || Number.isNaN(timeMs)) throw new InvalidArgumentError(TIMES);
  return timeMs;
}
