export type Style = 'plain' | 'bad' | 'warning' | 'good' | 'faint' | 'heading';

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

export type Row = readonly (Cell | string)[];

/** Colours text, or returns it unchanged if the output is not a terminal. */
export type Paint = (style: Style, text: string) => string;

export const plainPaint: Paint = (_style, text) => text;

/** SGR parameters (ECMA-48 section 8.3.117). */
const GRAPHIC_RENDITION: Readonly<Record<Style, string>> = {
  plain: '0',
  bad: '1;31',
  warning: '33',
  good: '32',
  faint: '2',
  heading: '1',
};

export const colourPaint: Paint = (style, text) =>
  style === 'plain' ? text : `\u001B[${GRAPHIC_RENDITION[style]}m${text}\u001B[0m`;

/** Colours if the output is a terminal and the operator has not disabled them (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  return stream.isTTY === true && !process.env['NO_COLOR'] ? colourPaint : plainPaint;
}

const GAP = '  ';

/** Lines of a table: headers, then rows, with columns as wide as their widest cell. The last column is not padded. */
export function formatTable(columns: readonly Column[], rows: readonly Row[], paint: Paint = plainPaint): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => (row[index]?.text ?? '').length)),
  );
  const line = (row: readonly Cell[], style: Style): string =>
    columns
      .map((column, index) => {
        const cell = row[index] ?? { text: '' };
        const padded = pad(cell.text, widths[index] ?? 0, column.align, index === columns.length - 1);
        return paint(cell.style ?? style, padded);
      })
      .join(GAP)
      .trimEnd();
  const titles = columns.map(({ title }) => ({ text: title }));
  return [line(titles, 'faint'), ...cells.map((row) => line(row, 'plain'))];
}

function pad(text: string, width: number, align: Column['align'], last: boolean): string {
  if (align === 'right') return text.padStart(width);
  return last ? text : text.padEnd(width);
}

let groupSeparator = ' ';

/** Whether figures are for people: programs read them whole, so groups are for terminals alone. */
export function groupDigits(on: boolean): void {
  groupSeparator = on ? ' ' : '';
}

/** 1234567 as "1 234 567", with grouped digits for readability. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, groupSeparator);
}

const DECIMAL_UNITS = ['', 'k', 'M', 'G', 'T'];

/** A number with three digits and a decimal prefix: 1234567 as "1.23 M". */
export function formatSi(value: number): string {
  let scaled = value;
  let unit = 0;
  // Values that would be rounded to 1000 use the next unit.
  for (; scaled >= 999.5 && unit < DECIMAL_UNITS.length - 1; unit++) scaled /= 1000;
  if (unit === 0) return String(Math.round(scaled));
  return `${scaled.toFixed(scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2)} ${DECIMAL_UNITS[unit]}`;
}

/** Bytes with an SI prefix: "12 B", "1.23 MB". */
export function formatBytes(value: number): string {
  const text = formatSi(value);
  return text.includes(' ') ? `${text}B` : `${text} B`;
}

/** A duration in its two largest units: "3 d 4 h", "12 min 5 s", "250 ms". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A time of day as ISO 8601 in UTC, with milliseconds. */
export function formatTime(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
