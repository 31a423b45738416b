import { beforeEach, describe, expect, it } from 'vitest';
import { FastPathAttachment } from '../../../src/fastpath/attachment.ts';
import { FENCE_MS } from '../../../src/fastpath/layout.ts';

/** The one interface that every namespace has. */
const LOOPBACK = 'lo';

describe('the program of a fast path', () => {
  let story: string[];
  let nowMs: number;
  let refuses: string;
  let attachment: FastPathAttachment;

  beforeEach(() => {
    [story, nowMs, refuses] = [[], 10_000, ''];
    const program = {
      attach: (index: number, name: string): void => {
        if (name === refuses) throw new Error(`${name} refuses`);
        story.push(`attach ${name} ${index}`);
      },
      detach: (index: number): void => void story.push(`detach ${index}`),
      removeLeft: (): void => void story.push('remove left'),
    };
    attachment = new FastPathAttachment(program, () => nowMs);
    attachment.follow([LOOPBACK]);
  });

  it('is attached once to each interface that there is, and to no other', () => {
    expect(story).toEqual(['attach lo 1']);
    expect(attachment.isAttached).toBe(true);
    expect(attachment.interfaces).toEqual([LOOPBACK]);
    attachment.attachAll();
    attachment.follow([LOOPBACK, 'no-such0']);
    expect(story).toEqual(['attach lo 1']);
    expect(attachment.hasMoved()).toBe(false);
    attachment.follow(['no-such0']);
    expect(story).toEqual(['attach lo 1', 'detach 1']);
    expect([attachment.isAttached, attachment.interfaces]).toEqual([false, []]);
    attachment.follow([LOOPBACK]);
    expect(story.at(-1)).toBe('attach lo 1');
  });

  it('removes what a worker before it has left when that is over its fence, once', () => {
    const removed = (): number => story.filter((one) => one === 'remove left').length;
    nowMs += 2 * FENCE_MS - 1;
    attachment.attachAll();
    expect(removed()).toBe(0);
    nowMs += 1;
    attachment.attachAll();
    expect(removed()).toBe(1);
    nowMs += 10 * FENCE_MS;
    attachment.attachAll();
    expect(removed()).toBe(1);
  });

  it('names the interface that it cannot be attached to, and tries again', () => {
    attachment.follow([]);
    refuses = LOOPBACK;
    expect(() => attachment.follow([LOOPBACK])).toThrow('lo refuses');
    expect(attachment.isAttached).toBe(false);
    refuses = '';
    attachment.attachAll();
    expect(attachment.isAttached).toBe(true);
  });
});
