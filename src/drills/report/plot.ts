import type { DrillRun } from '../verdict.ts';
import { ratesBetween } from '../samples.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 900;
const HEIGHT = 260;
const LEFT = 60;
const BOTTOM = 30;
const COLOURS = ['#1f77b4', '#d9730d', '#2a8c4a', '#8b5fbf', '#b23a48', '#5c6770'];

/** Gaps that are shorter come about without any fault. Milliseconds. */
const SHOWN_GAP_MS = 50;

/** Packets per second of each node over time, with gaps of the probe as areas and the steps as lines. An SVG for a page without other resources. */
export function trafficPlot({ samples, marks, begun, ended }: DrillRun): string {
  const names = [...(samples[0]?.nodes.keys() ?? [])];
  const rates = samples.slice(1).map((sample, index) => {
    const before = samples[index];
    return {
      time: sample.time,
      rates: before === undefined ? new Map<string, number>() : ratesBetween(before, sample),
    };
  });
  const most = Math.max(10, ...rates.flatMap((one) => [...one.rates.values()]));
  const x = (time: number): number => LEFT + ((WIDTH - LEFT - 10) * (time - begun)) / Math.max(1, ended - begun);
  const y = (rate: number): number => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - 20) * rate) / most;
  const lines = names.map((name, index) => {
    const points = rates.map((one) => `${x(one.time).toFixed(1)},${y(one.rates.get(name) ?? 0).toFixed(1)}`);
    const colour = COLOURS[index % COLOURS.length];
    const at = LEFT + 10 + index * 90;
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>
<rect x="${at}" y="4" width="12" height="12" fill="${colour}"/><text x="${at + 17}" y="14">${escapeHtml(name)}</text>`;
  });
  const gaps = samples
    .filter(({ gapMs = 0 }) => gapMs > SHOWN_GAP_MS)
    .map(({ time, gapMs = 0 }) => {
      const [from, to] = [Math.max(x(begun), x(time - gapMs)), x(time)];
      return `<rect class="gap" x="${from.toFixed(1)}" y="20" width="${Math.max(2, to - from).toFixed(1)}" height="${HEIGHT - BOTTOM - 20}" fill="#c00" opacity=".25"><title>no answer for ${gapMs} ms</title></rect>`;
    });
  const steps = marks.map(({ time, kind, text }, index) => {
    const colour = kind === 'abort' ? '#c00' : kind === 'expectation' ? '#2a8c4a' : '#333';
    const at = x(time).toFixed(1);
    return `<line x1="${at}" x2="${at}" y1="20" y2="${HEIGHT - BOTTOM}" stroke="${colour}" stroke-dasharray="3 3"><title>${escapeHtml(text)}</title></line>
<text x="${at}" y="${HEIGHT - BOTTOM + 12}" text-anchor="middle" fill="${colour}">${index + 1}</text>`;
  });
  const axis = [0, 0.5, 1].map((part) => {
    const at = y(part * most).toFixed(1);
    return `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${LEFT - 6}" y="${at}" text-anchor="end" dominant-baseline="middle">${Math.round(part * most)}</text>`;
  });
  const seconds = ((ended - begun) / 1000).toFixed(1);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="packets per second of each node over ${seconds} seconds">
${axis.join('\n')}
${gaps.join('\n')}
${lines.join('\n')}
${steps.join('\n')}
<text x="${WIDTH - 10}" y="${HEIGHT - 4}" text-anchor="end">${seconds} s; packets per second; red: a flow of the probe without an answer; numbers: lines of the course below</text>
</svg>`;
}
