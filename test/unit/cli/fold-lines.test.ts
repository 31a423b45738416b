import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLines } from '../../../src/cli/fold-lines.ts';

describe('lines that are longer than the terminal is wide', () => {
  it('are broken at spaces and set in, and short ones stay as they are', () => {
    expect(foldLines('one two three four\nshort\n', 10)).toBe('one two\n    three\n    four\nshort\n');
    expect(foldLines('one two three', 0)).toBe('one two three');
    expect(foldLines('one two three', 13)).toBe('one two three');
  });

  it('leave a word whole that is longer than the terminal', () => {
    expect(foldLines('a 2001:db8:1234:5678::1 b', 12)).toBe('a\n    2001:db8:1234:5678::1\n    b');
  });

  it('take no room for colours', () => {
    const red = '\u001B[1;31mDEGRADED\u001B[0m now';
    expect(foldLines(red, 12)).toBe(red);
    expect(foldLines(red, 11)).toBe('\u001B[1;31mDEGRADED\u001B[0m\n    now');
  });

  it('keep all words in their order, and are no longer than the terminal where words are not', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '\u001B[33m'), minLength: 1, maxLength: 12 });
    const text = fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 4 });
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 40 }), (lines, columns) => {
        const before = lines.map((words) => words.join(' ')).join('\n');
        const after = foldLines(before, columns);
        expect(after.split(/\s+/)).toEqual(before.split(/\s+/));
        for (const line of after.split('\n')) {
          expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
