import { escapeHtml } from './escape.ts';

/** Parts of a picture; classes are those of the style. */

/** A line between two points. @param title tooltip; empty: none */
export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  look: string,
  title = '',
): string {
  const ends = `x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}"`;
  return `<line ${ends} class="${look}"${endOf('line', title)}`;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param title tooltip; empty: none */
export function rect({ x, y, width, height }: Area, look: string, title = ''): string {
  const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
  return `<rect ${place} rx="4" class="${look}"${endOf('rect', title)}`;
}

/** Text at a point, which is its start, middle or end. */
export function words(
  [x, y]: readonly [number, number],
  text: string,
  look = '',
  anchor: 'start' | 'middle' | 'end' = 'middle',
): string {
  const of = look === '' ? '' : ` class="${look}"`;
  return `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}"${of}>${escapeHtml(text)}</text>`;
}

function endOf(element: string, title: string): string {
  return title === '' ? '/>' : `><title>${escapeHtml(title)}</title></${element}>`;
}

/** Rounded to a tenth of a pixel. */
function short(value: number): string {
  return String(Math.round(10 * value) / 10);
}
