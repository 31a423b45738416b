import { describe, expect, it } from 'vitest';
import { fitScreen } from '../../../src/cli/fit-screen.ts';
import { colourPaint } from '../../../src/cli/table.ts';

const FIVE = 'worst\nb\nc\nd\ne\n';

describe('a screen on a terminal', () => {
  it('is left as it is where it has room, or where nobody knows the size', () => {
    expect(fitScreen(FIVE, { rows: 6, columns: 80 })).toBe(FIVE);
    expect(fitScreen(FIVE, {})).toBe(FIVE);
  });

  it('keeps its top, and says how much is missing', () => {
    expect(fitScreen(FIVE, { rows: 5, columns: 80 })).toBe('worst\nb\nc\n… 2 more lines: enlarge the terminal\n');
  });

  it('counts a line that the terminal wraps as often as it does, without its colours', () => {
    const line = colourPaint('bad', 'x'.repeat(20));
    const text = `${line}\nb\nc\n`;
    expect(fitScreen(text, { rows: 4, columns: 20 })).toBe(text);
    expect(fitScreen(text, { rows: 4, columns: 19 })).toBe(`${line}\n… 2 more lines: enlarge the terminal\n`);
  });
});
