/** Continuation lines are indented, so that they are recognised as such. */
const INDENT = '    ';
/** Begins a colour control sequence, which ends with an m (ECMA-48 section 8.3.117); it has no width. */
const ESCAPE = '\u001B';
const END_OF_COLOURS = 'm';

/** Breaks lines at spaces to the width of the terminal; longer words stay whole. @param columns 0: no terminal */
export function foldLines(text: string, columns = 0): string {
  if (columns <= INDENT.length) return text;
  return text
    .split('\n')
    .flatMap((line) => fold(line, columns))
    .join('\n');
}

function fold(line: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = line;
  for (let at = foldAt(rest, columns); at > 0; at = foldAt(rest, columns)) {
    lines.push(rest.slice(0, at).trimEnd());
    rest = INDENT + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** Where to break a line: at the last space that fits, else at the first one after; 0: nowhere. */
function foldAt(line: string, columns: number): number {
  let width = 0;
  let last = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === ESCAPE) {
      at = line.indexOf(END_OF_COLOURS, at);
      if (at < 0) return 0;
      continue;
    }
    if (width >= columns && last > 0) return last;
    width += 1;
    // Not inside the indentation.
    if (line[at] === ' ' && line.slice(0, at).trim() !== '') last = at + 1;
  }
  return 0;
}
