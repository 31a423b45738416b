import { describe, expect, it } from 'vitest';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import { reportStart, withEndBefore } from '../../../../src/agent/events/start-report.ts';
import type { UnexpectedEnd } from '../../../../src/agent/files/run-mark.ts';

const TEXT = 'the agent before it (process 7) ended unexpectedly';
const NOTE = { time: 1_800_000_000_000, pid: 7, ok: true, tookMs: 12.4, reason: 'the agent was gone', end: '' };

function reported(before: UnexpectedEnd | undefined): EventInput[] {
  const events: EventInput[] = [];
  reportStart('gw1', before, { add: (event) => void events.push(event) });
  return events;
}

const started = (reason: string) => ({ code: 'node-starting', subject: 'node', name: 'gw1', to: 'starting', reason });
const ended = {
  code: 'agent-ended-unexpectedly',
  subject: 'node',
  name: 'gw1',
  to: 'ended unexpectedly',
  reason: TEXT,
};

describe('the events of a start', () => {
  it('are that the agent has started', () => {
    expect(reported(undefined)).toEqual([started('the agent has started')]);
  });

  it('are how the run before ended, where nobody stopped it', () => {
    expect(reported({ text: TEXT, guard: undefined })).toEqual([
      ended,
      started(`the agent has started again: ${TEXT}`),
    ]);
  });

  it.each([
    [true, 'withdrawn by the guard', 'the agent was gone; the guard withdrew in 12 ms'],
    [false, 'NOT WITHDRAWN', 'the agent was gone; the guard tried to withdraw for 12 ms'],
  ])('are first what its guard did then, where that is known: done %s', (ok, to, reason) => {
    const all = reported({ text: TEXT, guard: { ...NOTE, ok } });
    expect(all[0]).toEqual({
      code: 'guard-withdrew',
      subject: 'announcement',
      name: 'gw1',
      to,
      reason,
      time: NOTE.time,
    });
    expect(all.slice(1)).toEqual([ended, started(`the agent has started again: ${TEXT}`)]);
  });
});

describe('the reason of a state', () => {
  it('has for ten minutes how the run before ended', () => {
    const before = { text: TEXT, guard: undefined };
    expect(withEndBefore('in sync', before, 600_000)).toBe(`in sync; ${TEXT}`);
    expect(withEndBefore('in sync', before, 600_001)).toBe('in sync');
    expect(withEndBefore('in sync', undefined, 0)).toBe('in sync');
  });
});
