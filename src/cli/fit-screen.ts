import { stripVTControlCharacters } from 'node:util';

/** Size of a terminal, in characters; 0 or absent: unknown. */
interface TerminalSize {
  readonly rows?: number;
  readonly columns?: number;
}

/**
 * Truncates a text to what a terminal shows without scrolling, because the most severe items come first. The last line
 * then states how much is missing.
 */
export function fitScreen(text: string, { rows = 0, columns = 0 }: TerminalSize): string {
  const lines = text.trimEnd().split('\n');
  const heights = lines.map((line) => heightOf(line, columns));
  // The cursor needs the line below the last one.
  const room = rows - 1;
  if (rows <= 0 || sum(heights) <= room) return text;
  let shown = 0;
  let used = 1;
  while (shown < lines.length && used + (heights[shown] ?? 1) <= room) used += heights[shown++] ?? 1;
  return [...lines.slice(0, shown), `… ${lines.length - shown} more lines: enlarge the terminal`, ''].join('\n');
}

/** Number of terminal lines of a line of text. */
function heightOf(line: string, columns: number): number {
  const { length } = stripVTControlCharacters(line);
  return columns > 0 ? Math.max(1, Math.ceil(length / columns)) : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
