import { describe, expect, it } from 'vitest';
import { EventLog, type EventInput, noEventStore } from '../../../../src/agent/events/event-log.ts';

const MINUTE = 60_000;

function stand() {
  let nowMs = 0;
  const events = new EventLog('gw1', () => nowMs, noEventStore);
  const add = (changed: Partial<EventInput>, atMs: number): void => {
    nowMs = atMs;
    const failed = { code: 'announcement-failed', subject: 'announcement', name: 'all', to: 'not announced' } as const;
    events.add({ ...failed, reason: 'bfdd does not answer', ...changed });
  };
  const told = (): string[] => events.last(0).map(({ time, reason }) => `${time / MINUTE}: ${reason}`);
  return { events, add, told };
}

describe('a condition that is found again and again', () => {
  it('is one event, one more in ten minutes with a count, and its end has the rest', () => {
    const { add, told } = stand();
    // Two sentences in turn, each second for 25 minutes.
    for (let second = 0; second < 1500; second++) {
      const reason = second % 2 === 0 ? 'bfdd does not answer' : 'no socket of bfdd';
      add({ reason }, second * 1000);
    }
    add({ code: 'announcement-verified', to: 'as wanted', reason: 'FRR is as wanted again' }, 25 * MINUTE);
    expect(told()).toHaveLength(7);
    expect(told()[2]).toBe('10: bfdd does not answer (300 times in the last 10 min)');
    expect(told().at(-1)).toMatch(/^25: FRR is as wanted again \(what was reported before came 29\d times more\)$/);
    add({}, 26 * MINUTE);
    expect(told().at(-1)).toBe('26: bfdd does not answer');
  });

  it('is the same whatever address and count it names, and another one for another subject or reason', () => {
    const { add, told } = stand();
    const limit = { code: 'slices-not-changed', subject: 'slices', to: 'not changed' } as const;
    for (const [name, reason] of [
      ['a', 'the store at 2001:db8::1 has refused 3 times'],
      ['a', 'the store at 2001:db8:0:ffff::beef has refused 912 times'],
      ['b', 'the store at 2001:db8::1 has refused 3 times'],
      ['a', 'the store at 2001:db8::1 does not answer'],
    ] as const) {
      add({ ...limit, name, reason }, MINUTE);
    }
    expect(told()).toHaveLength(3);
  });

  it('does not hide what happens: commands, changes and repairs are events each time', () => {
    const { add, told } = stand();
    for (let count = 0; count < 3; count++) {
      add({ code: 'command-requested', subject: 'node', name: 'gw1', to: 'drain requested', reason: 'by root' }, count);
      add({ code: 'instance-repaired', subject: 'instance', name: 'a', to: 'repaired', reason: 'the TUN' }, count);
    }
    expect(told()).toHaveLength(6);
  });
});
