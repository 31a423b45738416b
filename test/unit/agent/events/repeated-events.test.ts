import { describe, expect, it } from 'vitest';
import type { Code } from '../../../../src/codes.ts';
import { RepeatedEvents } from '../../../../src/agent/events/repeated-events.ts';

const MINUTE = 60_000;

interface Event {
  readonly code: Code;
  readonly subject: string;
  readonly name: string;
  readonly to: string;
  readonly reason: string;
}

const FAILED: Event = {
  code: 'announcement-failed',
  subject: 'upstream',
  name: 'core',
  to: 'failed',
  reason: 'bfdd has not answered within 500 ms',
};

/** The reasons of what is reported, each at a time in minutes; undefined: nothing is. */
function reported(steps: readonly (readonly [minute: number, changes?: Partial<Event>])[]): (string | undefined)[] {
  const events = new RepeatedEvents();
  return steps.map(([minute, changes = {}]) => events.filter({ ...FAILED, ...changes }, minute * MINUTE)?.reason);
}

describe('a condition that lasts', () => {
  it('is reported at first, and then once in ten minutes with how often it came', () => {
    expect(reported([[0], [1], [9.99], [10], [11], [19], [20], [31]])).toEqual([
      FAILED.reason,
      undefined,
      undefined,
      `${FAILED.reason} (3 times in the last 10 min)`,
      undefined,
      undefined,
      `${FAILED.reason} (3 times in the last 10 min)`,
      `${FAILED.reason} (1 times in the last 11 min)`,
    ]);
  });

  it.each<[string, Partial<Event>]>([
    ['another code', { code: 'withdrawal-unverified' }],
    ['another state', { to: 'withdrawn' }],
    ['another reason', { reason: 'bgpd has not answered within 500 ms' }],
    ['another reason before a number', { reason: 'bfdd has not heard of it within 500 ms' }],
    ['another name', { name: 'edge' }],
    ['another kind of subject', { subject: 'instance' }],
  ])('is another one with %s', (_, changes) => {
    const reason = changes.reason ?? FAILED.reason;
    expect(reported([[0], [1, changes], [2], [3, changes]])).toEqual([FAILED.reason, reason, undefined, undefined]);
  });

  it.each(['bfdd has not answered within 12.5 ms', 'bfdd has not answered within 2001:db8::1 ms'])(
    'is the same where only numbers and addresses are others: %s',
    (reason) => {
      expect(reported([[0], [1, { reason }]])).toEqual([FAILED.reason, undefined]);
    },
  );

  it('is over with any other event about its subject, which says how often it came', () => {
    const over = { code: 'announcement-verified' as const, reason: 'as wanted' };
    expect(reported([[0], [1], [2], [3, over], [4, over], [5]])).toEqual([
      FAILED.reason,
      undefined,
      undefined,
      'as wanted (what was reported before came 2 times more)',
      'as wanted',
      FAILED.reason,
    ]);
    expect(reported([[0], [1, over]])).toEqual([FAILED.reason, 'as wanted']);
    expect(reported([[0], [1], [2, { ...over, reason: '' }]])[2]).toBe('what was reported before came 1 times more');
    // Of all conditions of the subject together; an event about another one ends none.
    const other = { reason: 'refused' };
    expect(reported([[0], [0, other], [1], [1, other], [2, { ...over, name: 'edge' }], [3, over]]).slice(2)).toEqual([
      undefined,
      undefined,
      'as wanted',
      'as wanted (what was reported before came 2 times more)',
    ]);
  });

  it('stays one where the clock goes back, and is reported again when it has gone far', () => {
    expect(reported([[100], [99], [90]])).toEqual([
      FAILED.reason,
      undefined,
      `${FAILED.reason} (2 times in the last 10 min)`,
    ]);
  });

  it('is remembered with fifteen others of its subject; with one more, all of them are new again', () => {
    const events = new RepeatedEvents();
    const say = (letter: string): boolean => events.filter({ ...FAILED, reason: `x${letter}x` }, 0) !== undefined;
    const letters = 'ghijklmnopqrstuv'.split('');
    expect(letters.map(say)).toEqual(letters.map(() => true));
    expect(letters.map(say)).toEqual(letters.map(() => false));
    expect([say('w'), say('g'), say('w')]).toEqual([true, true, false]);
  });

  it('is remembered of 1024 subjects, and forgotten of the oldest', () => {
    const events = new RepeatedEvents();
    const say = (name: number): boolean => events.filter({ ...FAILED, name: `${name}` }, 0) !== undefined;
    for (let name = 0; name < 1024; name++) say(name);
    expect([say(0), say(1023)]).toEqual([false, false]);
    expect([say(1024), say(1), say(0)]).toEqual([true, false, true]);
  });
});
