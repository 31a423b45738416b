import type { DrillRun } from '../verdict.ts';
import { ratesBetween } from '../samples.ts';
import { line, rect, words } from './svg.ts';

const WIDTH = 900;
const HEIGHT = 290;
const LEFT = 70;
const RIGHT = 10;
const TOP = 24;
const BOTTOM = 62;
/** Number of colour classes in the style. */
const COLOURS = 8;

/** Shorter gaps occur without a fault. Milliseconds. */
const SHOWN_GAP_MS = 50;
/** Closer labels of marks would overlap, and are placed below each other. */
const NUMBER_WIDTH = 17;
const NUMBER_ROWS = 3;

/** Conversion of times and rates to coordinates. */
interface Scale {
  readonly x: (time: number) => number;
  readonly y: (rate: number) => number;
  readonly most: number;
}

interface Rates {
  readonly time: number;
  readonly rates: ReadonlyMap<string, number>;
}

/**
 * Packets per second of each node over time, with gaps of the probe as areas and the marks of the course as numbers. A
 * self-contained SVG. Pure.
 */
export function trafficPlot(run: DrillRun): string {
  const { samples, begun, ended } = run;
  const rates = samples.slice(1).map((sample, index): Rates => {
    const before = samples[index];
    return { time: sample.time, rates: before === undefined ? new Map() : ratesBetween(before, sample) };
  });
  const most = Math.max(10, ...rates.flatMap((one) => [...one.rates.values()]));
  const x = (time: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (time - begun)) / Math.max(1, ended - begun);
  const y = (rate: number): number => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * rate) / most;
  const scale = { x, y, most };
  const label = `packets per second of each node over ${((ended - begun) / 1000).toFixed(1)} seconds`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${axes(run, scale)}
${gapAreas(run, scale)}
${trafficLines(run, rates, scale)}
${markLines(run, scale)}
</svg>`;
}

function axes({ begun, ended }: DrillRun, { x, y, most }: Scale): string {
  const rates = [0, 0.5, 1].flatMap((part) => {
    const at = y(part * most);
    const rate = String(Math.round(part * most));
    return [line([LEFT, at], [WIDTH - RIGHT, at], 'grid'), words([LEFT - 6, at + 4], rate, '', 'end')];
  });
  const step = stepOf((ended - begun) / 1000);
  const count = Math.floor((ended - begun) / 1000 / step) + 1;
  const times = Array.from({ length: count }, (_, index) =>
    words([x(begun + 1000 * step * index), HEIGHT - 6], `${step * index} s`, 'soft'),
  );
  return [words([LEFT - 6, 14], 'packets/s', 'soft', 'end'), ...rates, ...times].join('\n');
}

/** Interval of the time labels, seconds: for about ten of them. */
function stepOf(seconds: number): number {
  return [1, 2, 5, 10, 20, 30, 60].find((step) => seconds / step <= 12) ?? 120;
}

function trafficLines({ samples }: DrillRun, rates: readonly Rates[], { x, y }: Scale): string {
  const names = [...(samples[0]?.nodes.keys() ?? [])];
  return names
    .map((name, index) => {
      const points = rates.map((one) => `${x(one.time).toFixed(1)},${y(one.rates.get(name) ?? 0).toFixed(1)}`);
      const colour = `n${index % COLOURS}`;
      const at = LEFT + 10 + index * 90;
      return `<polyline points="${points.join(' ')}" class="${colour}"/>
${rect({ x: at, y: 4, width: 12, height: 12 }, `key ${colour}`)}${words([at + 17, 14], name, '', 'start')}`;
    })
    .join('\n');
}

function gapAreas({ samples, begun }: DrillRun, { x }: Scale): string {
  return samples
    .filter(({ gapMs = 0 }) => gapMs > SHOWN_GAP_MS)
    .map(({ time, gapMs = 0 }) => {
      const [from, to] = [Math.max(x(begun), x(time - gapMs)), x(time)];
      const area = { x: from, y: TOP, width: Math.max(2, to - from), height: HEIGHT - BOTTOM - TOP };
      return rect(area, 'gap', `no answer for ${gapMs} ms`);
    })
    .join('\n');
}

function markLines({ marks }: DrillRun, { x }: Scale): string {
  const lastInRow = Array.from({ length: NUMBER_ROWS }, () => -NUMBER_WIDTH);
  return marks
    .map(({ time, kind, text }, index) => {
      const at = x(time);
      const free = lastInRow.findIndex((last) => at - last >= NUMBER_WIDTH);
      const numberRow = free < 0 ? index % NUMBER_ROWS : free;
      lastInRow[numberRow] = at;
      const below = HEIGHT - BOTTOM;
      const number = words([at, below + 13 + 12 * numberRow], String(index + 1));
      return `${line([at, TOP], [at, below], `mark ${kind}`, text)}${number}`;
    })
    .join('\n');
}
