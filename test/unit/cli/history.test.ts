import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/agent/control/messages.ts';
import { historyOf } from '../../../src/cli/history.ts';

function event(node: string, time: number, subject: string, code: string): Event {
  return { node, time, subject, code, severity: 'info', name: node, from: '', to: 'x', reason: `${code} at ${time}` };
}

describe('the history of a cluster', () => {
  const gw1 = [event('gw1', 10, 'node', 'node-active'), event('gw1', 30, 'announcement', 'upstream-withdrawn')];
  const gw2 = [event('gw2', 20, 'peer', 'peer-down'), event('gw2', 25, 'check', 'check-failed')];

  it('is what happened on all nodes, in one order, without what is no part of it', () => {
    const codes = historyOf([...gw2, ...gw1], 0).map(({ code }) => code);
    expect(codes).toEqual(['node-active', 'peer-down', 'upstream-withdrawn']);
  });

  it('has each event once, and the latest ones', () => {
    expect(historyOf([...gw1, ...gw1, ...gw2], 0)).toHaveLength(3);
    expect(historyOf([...gw1, ...gw2], 1).map(({ time }) => time)).toEqual([30]);
  });
});
