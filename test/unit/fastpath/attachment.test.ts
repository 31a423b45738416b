import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { FastPathAttachment } from '../../../src/fastpath/attachment.ts';
import { FENCE_MS } from '../../../src/fastpath/layout.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';

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

  it.runIf(process.getuid?.() === 0)('moves with an interface that goes, and comes back as another one', () => {
    const space = `isthmus-attach-${process.pid}`;
    const ip = (...words: string[]): void => void execFileSync('ip', words);
    const add = (index: string): void => {
      ip('-n', space, 'link', 'add', 'up0', 'index', index, 'type', 'veth', 'peer', 'name', 'far0');
    };
    ip('netns', 'add', space);
    try {
      inNetworkNamespace(`/run/netns/${space}`, () => {
        add('77');
        attachment.follow([LOOPBACK, 'up0']);
        expect(story.splice(0)).toEqual(['attach lo 1', 'attach up0 77']);
        expect(attachment.hasMoved()).toBe(false);
        ip('-n', space, 'link', 'delete', 'up0');
        expect(attachment.hasMoved()).toBe(true);
        attachment.attachAll();
        expect([story.splice(0), attachment.interfaces]).toEqual([['detach 77'], [LOOPBACK]]);
        expect(attachment.hasMoved()).toBe(false);
        add('78');
        attachment.attachAll();
        expect([story.splice(0), attachment.interfaces]).toEqual([['attach up0 78'], [LOOPBACK, 'up0']]);
        ip('-n', space, 'link', 'delete', 'up0');
        add('79');
        expect(attachment.hasMoved()).toBe(true);
        attachment.attachAll();
        expect(story.splice(0)).toEqual(['detach 78', 'attach up0 79']);
      });
    } finally {
      ip('netns', 'delete', space);
    }
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
