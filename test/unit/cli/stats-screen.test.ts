import { describe, expect, it } from 'vitest';
import type { CounterStats, StatsReply } from '../../../src/agent/control/messages.ts';
import { statsScreen, sumStats } from '../../../src/cli/stats-screen.ts';
import { plainPaint } from '../../../src/cli/table.ts';

const counter = (name: string, kind: string, lastMinute: number, total: number): CounterStats => ({
  name,
  kind,
  help: `what ${name} means`,
  advice: kind === 'drop' ? `Do something about ${name}.` : '',
  rate: lastMinute / 60,
  lastMinute,
  total,
});

const NOW = Date.parse('2026-11-30T16:00:00Z');

const reply = (node: string, counters: readonly CounterStats[], spanMs = 60_000): StatsReply => ({
  node,
  instances: [{ name: 'internet', kind: 'nat64', spanMs, since: NOW - 754_000, counters }],
});

const COUNTERS = [
  counter('translated6to4', 'pass', 600_000, 12_345_678),
  counter('dropOld', 'drop', 0, 99_999),
  counter('dropFew', 'drop', 3, 3),
  counter('dropMany', 'drop', 1200, 1300),
  counter('dropNever', 'drop', 0, 0),
  counter('answerNever', 'answer', 0, 0),
];

describe('the screen of counters', () => {
  it('shows what goes on now first, and leaves out what was never counted', () => {
    expect(statsScreen(reply('gw1', COUNTERS, 12_000), { explain: false, zero: false }, plainPaint, NOW))
      .toMatchInlineSnapshot(`
      "instance internet (nat64) on gw1, started 12 min 34 s ago; the last minute is 12 s long so far

      TRANSLATED      PER SECOND  LAST MINUTE  SINCE START
      translated6to4      10.0 k      600 000   12 345 678

      DROPPED   PER SECOND  LAST MINUTE  SINCE START
      dropMany          20        1 200        1 300
      dropFew            0            3            3
      dropOld            0            0       99 999
      1 more at zero

      ANSWERED WITH AN ICMP ERROR
      1 more at zero
      "
    `);
  });

  it('shows every reason where that is asked for, with its meaning', () => {
    const lines = statsScreen(reply('gw1', COUNTERS), { explain: true, zero: true }).split('\n');
    const reasons = lines.filter((line) => line.startsWith('drop')).map((line) => line.split(/ {2,}/));
    expect(reasons.map(([name]) => name)).toEqual(['dropMany', 'dropFew', 'dropOld', 'dropNever']);
    expect(reasons[3]).toEqual(['dropNever', '0', '0', '0', 'what dropNever means. Do something about dropNever.']);
    expect(lines).not.toContain(expect.stringContaining('at zero'));
  });

  it('adds up the nodes, by the name of the counter', () => {
    const one = reply('gw1', [counter('dropFew', 'drop', 3, 10), counter('dropOld', 'drop', 1, 1)]);
    const newer = reply('gw2', [counter('dropNew', 'drop', 5, 5), counter('dropFew', 'drop', 60, 70)], 9000);
    const other: StatsReply = {
      node: 'gw2',
      instances: [...newer.instances, { name: 'guests', kind: 'siit', spanMs: 1, since: 5000, counters: [] }],
    };
    expect(sumStats([one, other], 'the cluster')).toEqual({
      node: 'the cluster',
      instances: [
        {
          name: 'internet',
          kind: 'nat64',
          spanMs: 60_000,
          since: NOW - 754_000,
          counters: [
            { ...counter('dropFew', 'drop', 63, 80), rate: 63 / 60 },
            counter('dropOld', 'drop', 1, 1),
            counter('dropNew', 'drop', 5, 5),
          ],
        },
        { name: 'guests', kind: 'siit', spanMs: 1, since: 5000, counters: [] },
      ],
    });
  });
});
