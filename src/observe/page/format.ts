const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];
const KILO = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Three digits and a decimal prefix: `1.24 Gbit/s`, `12.4 k`. */
export function quantity(value: number, unit = ''): string {
  let [scaled, step] = [Math.abs(value), 0];
  while (scaled >= 999.5 && step < PREFIXES.length - 1) {
    scaled /= KILO;
    step += 1;
  }
  const digits = scaled === 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  const text = trimmed((value < 0 ? -scaled : scaled).toFixed(digits));
  const suffix = `${PREFIXES[step]}${unit}`;
  return suffix === '' ? text : `${text} ${suffix}`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `100 %` is all, and `0 %` is nothing: what is close to them has a decimal place. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  if (value > 99 && value < 100) return `${trimmed(Math.min(value, 99.9).toFixed(1))} %`;
  return `${value > 0 && value < 10 ? trimmed(value.toFixed(1)) : Math.round(value)} %`;
}

/** In the browser's time zone, to the second. */
export function clockTime(timeMs: number): string {
  return new Date(timeMs).toLocaleTimeString('en-GB');
}

export function dateAndTime(timeMs: number): string {
  const date = new Date(timeMs);
  return `${date.toLocaleDateString('sv-SE')} ${date.toLocaleTimeString('en-GB')}`;
}

/** `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.round(ms / KILO))} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return pair(Math.floor(ms / HOUR_MS), 'h', Math.floor((ms % HOUR_MS) / MINUTE_MS), 'min');
  return pair(Math.floor(ms / DAY_MS), 'd', Math.floor((ms % DAY_MS) / HOUR_MS), 'h');
}

/** The same with tenths of a second where there are few: `4.1 s`. */
export function shortDuration(ms: number): string {
  return ms < 9950 ? `${(ms / KILO).toFixed(1)} s` : duration(ms);
}

function pair(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}
