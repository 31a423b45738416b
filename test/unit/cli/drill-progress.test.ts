import { describe, expect, it } from 'vitest';
import { DrillProgress } from '../../../src/cli/drill-progress.ts';

function written(isTTY: boolean): string {
  let text = '';
  const progress = new DrillProgress({ isTTY, write: (more) => (text += more) });
  progress.line('one');
  progress.live(4, 0);
  progress.live(250, 12);
  progress.line('two');
  progress.live(9, 12);
  progress.end();
  progress.end();
  return text;
}

/** What a terminal shows in the end. */
function shown(text: string): string[] {
  return text.split('\n').map((line) => line.split('\r\u001B[K').at(-1) ?? '');
}

describe('the progress of a drill', () => {
  it('has what the probe meets on the last line of a terminal, and leaves the steps', () => {
    const text = written(true);
    expect(text).toContain('\r\u001B[K  now: gap 250 ms, 12 packets lost');
    expect(shown(text)).toEqual(['one', 'two', '']);
  });

  it('is plain lines without a terminal', () => {
    expect(written(false)).toBe('one\ntwo\n');
  });
});
