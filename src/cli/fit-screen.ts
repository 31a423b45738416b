import { stripVTControlCharacters } from 'node:util';

/** The size of a terminal, in characters; 0 or absent where it does not tell. */
interface TerminalSize {
  readonly rows?: number;
  readonly columns?: number;
}

/**
 * As much of a text from its top as a terminal shows without scrolling: the worst thing stands first and must not leave
 * the screen. The last line then says how much is missing.
 */
export function fitScreen(text: string, { rows = 0, columns = 0 }: TerminalSize): string {
  const lines = text.trimEnd().split('\n');
  const heights = lines.map((line) => heightOf(line, columns));
  // The line under the last one is where the cursor stands.
  const room = rows - 1;
  if (rows <= 0 || sum(heights) <= room) return text;
  let shown = 0;
  let used = 1;
  while (shown < lines.length && used + (heights[shown] ?? 1) <= room) used += heights[shown++] ?? 1;
  return [...lines.slice(0, shown), `… ${lines.length - shown} more lines: enlarge the terminal`, ''].join('\n');
}

/** Lines of the terminal that a line of text takes. */
function heightOf(line: string, columns: number): number {
  const { length } = stripVTControlCharacters(line);
  return columns > 0 ? Math.max(1, Math.ceil(length / columns)) : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
