import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/agent/control/messages.ts';
import { historyOf } from '../../../src/cli/history.ts';
import { chosenBy } from '../../../src/cli/history-run.ts';
import { hasZone, parsePastTime, parseTime } from '../../../src/cli/times.ts';
import { windowAround, windowOf } from '../../../src/cli/time-window.ts';

function event(node: string, time: number, subject: string, code: string): Event {
  return { node, time, subject, code, severity: 'info', name: node, from: '', to: 'x', reason: `${code} at ${time}` };
}

const ALL = { last: 0, every: false, window: windowOf({}) };

describe('the history of a cluster', () => {
  const gw1 = [event('gw1', 10, 'node', 'node-active'), event('gw1', 30, 'announcement', 'upstream-withdrawn')];
  const gw2 = [event('gw2', 20, 'peer', 'peer-down'), event('gw2', 25, 'check', 'check-failed')];

  it('is what happened on all nodes, in one order, without what is no part of it', () => {
    const codes = historyOf([...gw2, ...gw1], ALL).map(({ code }) => code);
    expect(codes).toEqual(['node-active', 'peer-down', 'upstream-withdrawn']);
  });

  it('has each event once, and the latest ones', () => {
    expect(historyOf([...gw1, ...gw1, ...gw2], ALL)).toHaveLength(3);
    expect(historyOf([...gw1, ...gw2], { ...ALL, last: 1 }).map(({ time }) => time)).toEqual([30]);
  });

  it('is that of a time, with both its ends, and everything where that is asked for', () => {
    const timesOf = (choice: Partial<typeof ALL>): number[] =>
      historyOf([...gw2, ...gw1], { ...ALL, ...choice }).map(({ time }) => time);
    expect(timesOf({ window: windowOf({ since: 20, until: 30 }) })).toEqual([20, 30]);
    expect(timesOf({ window: windowOf({ since: 21 }) })).toEqual([30]);
    expect(timesOf({ every: true, window: windowOf({ until: 29 }) })).toEqual([10, 20, 25]);
    expect(windowAround(600_000)).toEqual({ fromMs: 300_000, toMs: 900_000 });
  });
});

describe('what is shown of a history', () => {
  const link = event('gw1', 20, 'link', 'link-silent');
  const check = event('gw1', 25, 'check', 'check-failed');
  const options = { stateDir: '', runDir: '' };
  const codesOf = (times: { at?: number; since?: number; until?: number }): string[] =>
    historyOf([link, check], chosenBy({ ...options, ...times })).map(({ code }) => code);

  it('has the loss of a replication link', () => {
    expect(codesOf({})).toEqual(['link-silent']);
  });

  it('is the same of a time, whether that is named by its middle or by its ends', () => {
    const all = ['link-silent', 'check-failed'];
    expect([codesOf({ at: 20 }), codesOf({ since: 10, until: 30 }), codesOf({ since: 10 })]).toEqual([all, all, all]);
  });
});

describe('a time', () => {
  const now = Date.parse('2026-11-30T12:30:00Z');
  it.each([
    ['03:12', '2026-11-30T03:12:00.000Z'],
    ['12:30', '2026-11-30T12:30:00.000Z'],
    ['12:30:01', '2026-11-30T12:30:01.000Z'],
    ['13:30', '2026-11-30T13:30:00.000Z'],
    ['13:30:01', '2026-11-29T13:30:01.000Z'],
    ['14:00+01:00', '2026-11-30T13:00:00.000Z'],
    ['06:45-06:00', '2026-11-30T12:45:00.000Z'],
    ['2026-11-28T03:12', '2026-11-28T03:12:00.000Z'],
    ['2026-11-28 03:12:05.250Z', '2026-11-28T03:12:05.250Z'],
    ['2026-11-28T03:12+01:00', '2026-11-28T02:12:00.000Z'],
    ['15m', '2026-11-30T12:15:00.000Z'],
    ['2d', '2026-11-28T12:30:00.000Z'],
    ['12:06:31Z', '2026-11-30T12:06:31.000Z'],
    ['12:06:31.250', '2026-11-30T12:06:31.250Z'],
    ['13:06+01:00', '2026-11-30T12:06:00.000Z'],
    ['01:06+0100', '2026-11-30T00:06:00.000Z'],
    ['00:06+01:00', '2026-11-29T23:06:00.000Z'],
    ['23:06-06:00', '2026-11-30T05:06:00.000Z'],
    ['13:00-06:00', '2026-11-29T19:00:00.000Z'],
  ])('%s is %s', (text, meant) => {
    expect(new Date(parseTime(text, now)).toISOString()).toBe(meant);
  });

  it.each(['25:99', '3:12', '2026-02-30T03:12', '2026-11-28', 'yesterday', '15', '-5m', ''])('is not %j', (text) => {
    expect(() => parseTime(text, now)).toThrow('expected a time, such as 03:12');
    expect(() => parsePastTime(text, now)).toThrow('expected a time, such as 03:12');
  });

  it('that has been is not in the future', () => {
    expect(parsePastTime('2026-11-30T12:30Z', now)).toBe(now);
    expect(() => parsePastTime('2026-11-30T12:31Z', now)).toThrow(
      '2026-11-30T12:31:00.000Z is in the future; now it is 2026-11-30T12:30:00.000Z',
    );
  });

  it('of the day is refused where it must have been, if it is within the next hour', () => {
    expect(() => parsePastTime('12:59', now)).toThrow('12:59:00.000Z is in the future; now it is 2026-11-30T12:30');
    expect(parsePastTime('13:31', now)).toBe(Date.parse('2026-11-29T13:31Z'));
  });

  it('of the day after midnight is that of this day, in its zone', () => {
    const late = Date.parse('2026-11-30T23:40:00Z');
    const meant = (text: string): string => new Date(parseTime(text, late)).toISOString();
    expect(meant('00:10')).toBe('2026-11-30T00:10:00.000Z');
    expect(meant('23:50')).toBe('2026-11-30T23:50:00.000Z');
    expect(meant('01:10+01:00')).toBe('2026-12-01T00:10:00.000Z');
    expect(meant('00:10+00:20')).toBe('2026-11-30T23:50:00.000Z');
    expect(meant('00:10+00:00')).toBe('2026-11-30T00:10:00.000Z');
  });

  it.each([
    ['03:12', false],
    ['03:12:01.5', false],
    ['2026-11-28T03:12', false],
    ['2026-11-28 03:12:05', false],
    ['03:12Z', true],
    ['2026-11-28T03:12+01:00', true],
    ['2026-11-28T03:12:05-0600', true],
    ['15m', true],
  ])('%s has a zone, or needs none: %s', (text, has) => {
    expect(hasZone(text)).toBe(has);
  });
});
