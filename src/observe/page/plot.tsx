import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { type Line, momentAt, type Outage, outageAt, outageWord, stack } from './history.ts';
import { clockTime, duration } from './format.ts';

interface PlotProps {
  readonly title: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** The axis goes back so far, however few figures there are. */
  readonly minutes: number;
  /** From one moment to the next. */
  readonly stepMs: number;
  /** The values are means of a step, not those of its end. */
  readonly isMean?: boolean;
  readonly lines: readonly Line[];
  readonly outages: readonly Outage[];
  readonly format: (value: number) => string;
  /** Each line stands on the ones before it. */
  readonly stacked?: boolean;
  /** The axis goes at least as far. */
  readonly least?: number;
  /** `light` or `dark`: another one draws the plot anew. */
  readonly theme: string;
  readonly empty: string;
}

const HEIGHT = 150;
const COLOURS = 6;
const SECOND_MS = 1000;
/** Seconds. */
const MINUTE = 60;
const FEW_MINUTES = 8 * MINUTE;
/** Plots that share a cursor. */
const SYNC = 'plots';
/** Moments for which the last known value stands. */
const LATE_MOMENTS = 2;
/** Height of the strip that marks a degraded cluster, pixels. */
const STRIP = 4;

/** A figure of the last hours, with a legend that tells the values now or under the cursor. */
export function Plot(props: PlotProps): JSX.Element {
  const { title, times, stepMs, isMean = false, lines, outages, format, empty, theme } = props;
  const [cursor, setCursor] = useState<Pointed>('now');
  const index = cursor === 'now' ? times.length - 1 : cursor === 'nothing' ? -1 : cursor;
  const shown = lines.filter(({ values }) => values.some((value) => value !== null));
  const at = times[index] ?? 0;
  const outage = outageAt(outages, at, cursor === 'now' ? 0 : stepMs / SECOND_MS);
  const moment = cursor === 'now' ? 'now' : cursor === 'nothing' ? 'no data' : clockTime(at * SECOND_MS);
  const when = outage === undefined ? moment : `${moment}, ${outageWord(outage)}`;
  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        <span class="when">{shown.length === 0 ? '' : isMean ? `${when} · ${duration(stepMs)} mean` : when}</span>
      </figcaption>
      {shown.length === 0 ? (
        <p class="nothing">{empty}</p>
      ) : (
        <Canvas
          {...props}
          lines={shown}
          onCursor={setCursor}
          key={`${theme} ${shown.map(({ label }) => label).join('\n')}`}
        />
      )}
      <ul class="legend" aria-label={`${title}, ${when}`}>
        {shown.map(({ label, values }, line) => (
          <li key={label}>
            <span class={`swatch series${line % COLOURS}`} aria-hidden="true" />
            {label} <b>{valueAt(values, index, format)}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** A value that has not come yet is that of a moment before. */
function valueAt(values: Line['values'], index: number, format: (value: number) => string): string {
  const value = values.slice(Math.max(0, index - LATE_MOMENTS), index + 1).findLast((one) => one !== null) ?? null;
  return value === null ? '–' : format(value);
}

/** A moment, by its index. */
type Pointed = number | 'now' | 'nothing';

interface CanvasProps extends PlotProps {
  readonly onCursor: (pointed: Pointed) => void;
}

function Canvas(props: CanvasProps): JSX.Element {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  // What the drawing hook reads is always that of the last data.
  const outages = useRef(props.outages);
  outages.current = props.outages;
  const range = useRef<readonly [from: number, to: number]>([0, 0]);
  range.current = rangeOf(props);
  const step = useRef(0);
  step.current = props.stepMs / SECOND_MS;
  const { times, lines, stacked = false } = props;
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const created = new uPlot(
      optionsOf(props, element, { outages, range, step }),
      dataOf(times, lines, stacked),
      element,
    );
    plot.current = created;
    const observer = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(dataOf(times, lines, stacked)), [times, lines]);
  return <div class="canvas" ref={holder} aria-hidden="true" />;
}

/** Stacked lines are drawn from the top one down, each filled to the axis. */
function dataOf(times: readonly number[], lines: readonly Line[], stacked: boolean): uPlot.AlignedData {
  if (!stacked) return [[...times], ...lines.map(({ values }) => [...values])];
  return [[...times], ...stack(lines).toReversed()];
}

/** What the plot asks for each time it is drawn. */
interface LastData {
  readonly outages: { readonly current: readonly Outage[] };
  readonly range: { readonly current: readonly [from: number, to: number] };
  /** Seconds. */
  readonly step: { readonly current: number };
}

/** The chosen range, up to the last figure. */
function rangeOf({ times, minutes }: PlotProps): readonly [from: number, to: number] {
  const to = times.at(-1) ?? 0;
  return [to - minutes * MINUTE, to];
}

function optionsOf(
  { lines, format, stacked = false, least = 1, onCursor }: CanvasProps,
  element: HTMLElement,
  last: LastData,
): uPlot.Options {
  const colour = (name: string): string => colourOf(element, name);
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('grid'), width: 1 }, ticks: { show: false } };
  const order = lines.map((_, index) => index);
  // Over an empty span the nearest moment is not meant.
  const dataIdx: uPlot.Cursor.DataIdxRefiner = (plot, _, closest, seconds) =>
    momentAt(plot.data[0], closest, seconds, last.step.current) ?? null;
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC }, points: { size: 6 }, drag: { x: false, y: false }, y: false, dataIdx },
    scales: {
      x: { range: () => [...last.range.current] },
      y: { range: (_, __, most) => [0, Math.max(least, (most ?? 0) * 1.08)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 26, space: timeSpace, values: (_, splits) => splits.map(timeLabel) },
      { ...axis, size: 70, splits: ticks, values: (_, splits) => splits.map((value) => format(value)) },
    ],
    series: [
      {},
      ...(stacked ? order.toReversed() : order).map((index): uPlot.Series => {
        const stroke = colour(`series${index % COLOURS}`);
        const line: uPlot.Series = { stroke, width: 1.5, points: { show: false }, spanGaps: false };
        if (stacked) line.fill = colour(`fill${index % COLOURS}`);
        return line;
      }),
    ],
    hooks: {
      drawClear: [(plot) => shadeOutages(plot, last.outages.current, colour)],
      setCursor: [(plot) => onCursor(pointedAt(plot, last.step.current))],
    },
  };
}

function pointedAt(plot: uPlot, step: number): Pointed {
  const { idx, left = -1 } = plot.cursor;
  if (idx === null || idx === undefined || left < 0) return 'now';
  return momentAt(plot.data[0], idx, plot.posToVal(left, 'x'), step) ?? 'nothing';
}

/** Seconds are shown where several labels are of one minute. */
function timeLabel(seconds: number, _index: number, all: readonly number[]): string {
  const [first = 0, second = Infinity] = all;
  return new Date(seconds * SECOND_MS).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(second - first < MINUTE ? { second: '2-digit' } : {}),
  });
}

/** Pixels from one time to the next: of a few minutes they have seconds, and are longer. */
function timeSpace(_plot: uPlot, _axis: number, from: number, to: number): number {
  return to - from < FEW_MINUTES ? 76 : 56;
}

/** Four steps of 1, 2 or 5. */
function ticks(_plot: uPlot, _axis: number, _from: number, to: number): number[] {
  const rough = to / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(to / step) + 1 }, (_, index) => index * step);
}

/** What the style sheet says of a colour, as a canvas wants it. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.className = `colour-${name}`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Not serving: the whole height. Degraded: a strip at the top. */
function shadeOutages(plot: uPlot, outages: readonly Outage[], colour: (name: string) => string): void {
  const { left, top, width, height } = plot.bbox;
  for (const { from, to, severity } of outages) {
    const start = Math.max(left, plot.valToPos(from, 'x', true));
    const end = Math.min(left + width, Math.max(plot.valToPos(to, 'x', true), start + devicePixelRatio));
    if (!(end > start)) continue;
    plot.ctx.fillStyle = colour(severity === 'notServing' ? 'outage' : 'degraded');
    plot.ctx.fillRect(start, top, end - start, severity === 'notServing' ? height : STRIP * devicePixelRatio);
  }
}
