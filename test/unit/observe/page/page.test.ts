import { describe, expect, it } from 'vitest';
import { duration, percent, quantity, shortDuration } from '../../../../src/observe/page/format.ts';
import { exists, figuresOf, heldOf } from '../../../../src/observe/page/figures.ts';
import {
  linesOf,
  momentAt,
  outageAt,
  outagesOf,
  outageWord,
  stack,
  withSample,
} from '../../../../src/observe/page/history.ts';
import { layoutOf } from '../../../../src/observe/page/layout.ts';
import { describeLink, levelOfLink, levelsAt } from '../../../../src/observe/page/links.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { pageView } from '../../../../src/observe/page-view.ts';
import type { PageHistory, PageLink } from '../../../../src/observe/page-model.ts';
import { fastPathText, refusedByOthers } from '../../../../src/observe/page/figure-texts.ts';
import type { Traffic } from '../../../../src/agent/control/messages.ts';
import { sampleOf } from '../../../../src/observe/history-sample.ts';
import { activeInfo, healthyInput, instance, peer, replication, traffic } from '../../agent/status-fixture.ts';

function ring1(healthOfSecond: string): PageLink {
  return {
    name: 'ring1',
    ends: [
      { node: 'gw1', health: 'silent', receives: [{ from: 'gw2', health: healthOfSecond, sharePercent: 0 }] },
      { node: 'gw2', health: 'ok', receives: [{ from: 'gw1', health: 'ok', sharePercent: 99 }] },
    ],
  };
}

describe('a link in the drawing', () => {
  it('shows in which direction it is cut, at both of its ends', () => {
    const [first, second] = ring1('silent').ends.map((end) => levelsAt(ring1('silent'), end));
    expect(first).toEqual({ sends: 'good', receives: 'bad' });
    expect(second).toEqual({ sends: 'bad', receives: 'good' });
    expect(levelOfLink(ring1('silent'))).toBe('warning');
    expect(describeLink(ring1('silent'))).toBe('gw2 → gw1 silent');
    expect(describeLink(ring1('ok'))).toBe('ok in all directions');
  });

  it('has a place within the drawing, however narrow', () => {
    const view = { ...pageView(buildStatus(healthyInput())), links: [ring1('ok')] };
    for (const width of [320, 358, 900, 1600]) {
      const { nodes, rails, width: whole, height } = layoutOf(view, width);
      expect(whole).toBe(width);
      for (const { x, width: card } of nodes) expect(x >= 0 && x + card <= width).toBe(true);
      expect(rails[0]?.taps.map(({ node }) => node)).toEqual(['gw1', 'gw2']);
      expect((rails[0]?.y ?? 0) < height).toBe(true);
    }
  });
});

describe('a plot', () => {
  const id = { metric: 'drops', node: 'gw1', instance: 'i', label: '' } as const;
  const history: PageHistory = {
    minutes: 15,
    stepMs: 10_000,
    outages: [
      { from: -100_000_000, to: -99_000_000, severity: 'degraded' },
      { from: 1200, to: 4700, severity: 'notServing' },
      { from: 5000, to: 5600, severity: 'degraded' },
      { from: 13_000, to: null, severity: 'degraded' },
    ],
    seenMs: 20_000,
    times: [0, 10_000, 20_000],
    series: [
      { id: { ...id, metric: 'health', node: '', instance: '' }, values: [0, 2, 1] },
      { id: { ...id, label: 'a' }, values: [1, 2, null] },
      { id: { ...id, node: 'gw2', label: 'a' }, values: [10, null, null] },
    ],
    left: 0,
  };

  it('adds series of one group up, of what is selected', () => {
    const label = (one: { label: string }): string => one.label;
    expect(linesOf(history, 'drops', undefined, label)).toEqual([{ label: 'a', values: [11, 2, null] }]);
    const gw2 = { kind: 'node', name: 'gw2' } as const;
    expect(linesOf(history, 'drops', gw2, label)).toEqual([{ label: 'a', values: [10, null, null] }]);
  });

  it('joins what cannot be told apart', () => {
    const many = {
      ...history,
      series: Array.from({ length: 9 }, (_, index) => ({ id: { ...id, label: `r${index}` }, values: [index, 0, 0] })),
    };
    const lines = linesOf(many, 'drops', undefined, ({ label }) => label);
    expect(lines.map(({ label }) => label)).toEqual(['r8', 'r7', 'r6', 'r5', 'r4', 'others']);
    expect(lines.at(-1)?.values[0]).toBe(6);
  });

  it('takes a new moment and drops those that have left its range, and series with them', () => {
    const next = withSample(history, { time: 16 * 60_000, values: [{ ...id, label: 'b', value: 5 }] });
    expect(next.times).toEqual([960_000]);
    expect(next.series).toEqual([{ id: { ...id, label: 'b' }, values: [5] }]);
    expect(withSample(next, { time: 1, values: [] })).toBe(next);
  });

  it('says under the cursor what a mark is', () => {
    const outages = outagesOf(history);
    expect([outageAt(outages, 10, 10), outageAt(outages, 20, 10)].map((one) => one && outageWord(one))).toEqual([
      'not serving',
      'degraded',
    ]);
    expect([outageAt(outages, 10), outageAt(outages, 0, 10)]).toEqual([undefined, undefined]);
  });

  it('marks outages by their severity and their own times, those that can be seen', () => {
    expect(outagesOf(history)).toEqual([
      { from: 1.2, to: 4.7, severity: 'notServing' },
      { from: 13, to: 20, severity: 'degraded' },
    ]);
  });

  it('has no values where there is no moment near the cursor', () => {
    const times = [100, 110, 200];
    const near = [84, 85, 125, 126, 184, 215, 216].map((at) =>
      momentAt(times, at < 105 ? 0 : at < 160 ? 1 : 2, at, 10),
    );
    expect(near).toEqual([undefined, 0, 1, undefined, undefined, 2, undefined]);
  });
});

describe('figures', () => {
  it('have three digits and a prefix', () => {
    const shown = [0, 0.5, 7, 999.6, 12_345, 1_240_000_000].map((value) => quantity(value, 'bit/s'));
    expect(shown).toEqual(['0 bit/s', '0.5 bit/s', '7 bit/s', '1 kbit/s', '12.3 kbit/s', '1.24 Gbit/s']);
    expect([percent(0), percent(0.034), percent(0.96)]).toEqual(['0 %', '3.4 %', '96 %']);
    expect([shortDuration(4149), shortDuration(9960), shortDuration(61_000)]).toEqual(['4.1 s', '10 s', '1 min']);
    expect([duration(45_000), duration(12_000_000), duration(187_200_000)]).toEqual(['45 s', '3 h 20 min', '2 d 4 h']);
  });
});

describe('the share of the fast path', () => {
  const tile = (changes: Partial<Traffic>): { value: string; note: string } => {
    const input = healthyInput({ instances: [instance({ traffic: traffic(changes) })] });
    return fastPathText(figuresOf(pageView(buildStatus(input)), { kind: 'node', name: 'gw1' }));
  };

  it('is all of the bits only where it is, and says what is left', () => {
    expect(tile({ bitsPerSecond: 5_020_500, fastBitsPerSecond: 5_000_000 })).toEqual({
      value: '99.6 %',
      note: 'of the bits; 20.5 kbit/s by the slow path',
    });
    expect(tile({ bitsPerSecond: 9e9, fastBitsPerSecond: 9e9 - 1 }).value).toBe('99.9 %');
    expect(tile({ bitsPerSecond: 9e9, fastBitsPerSecond: 9e9 }).value).toBe('100 %');
    expect(tile({ bitsPerSecond: 9e9, fastBitsPerSecond: 1 }).value).toBe('< 0.1 %');
  });

  it('is none of a node that carries nothing but its own checks', () => {
    const checks = { bitsPerSecond: 900, fastBitsPerSecond: 0 };
    expect(tile({ ...checks, packetsPerSecond: 4 })).toEqual({ value: '–', note: 'no traffic but own checks' });
    expect(tile({ ...checks, packetsPerSecond: 6 }).value).toBe('0 %');
    expect(tile({ ...checks, bitsPerSecond: 0, packetsPerSecond: 0 })).toEqual({ value: '–', note: 'no traffic' });
  });
});

describe('drops of an instance on the other nodes', () => {
  it('are named beside the counters of the node that serves the page', () => {
    const { nodes } = pageView(buildStatus(healthyInput()));
    expect(refusedByOthers(nodes, 'internet')).toBe('gw2 21.7/s in the last minute, mostly dropNoMapping');
    expect(refusedByOthers(nodes, 'campus')).toBe('gw2 unknown');
  });
});

describe('sessions of a node that is away', () => {
  const view = pageView(
    buildStatus(
      healthyInput({
        instances: [instance({ replicas: [{ slot: 2, sessions: 9998, sync: 'inSync', yielded: 0 }] })],
        replication: replication({ peers: [peer({ alive: false })] }),
      }),
    ),
  );

  it('are counted with those of the others, since they go on', () => {
    const [, gone] = view.nodes;
    expect(gone === undefined ? 0 : heldOf(gone)).toBe(9998);
    expect(figuresOf(view).sessions).toBe(1000 + 9998);
    const held = sampleOf(view, () => undefined).values.filter(({ metric }) => metric === 'held');
    expect(held).toEqual([{ metric: 'held', node: 'gw2', instance: 'internet', label: '', value: 9998 }]);
  });

  it('stand on those of the others in the plot, and keep their place when a line has a gap', () => {
    const lines = [
      { label: 'gw1', values: [10, null, 10] },
      { label: 'gw2', values: [20, 20, null] },
      { label: 'held for gw2', values: [null, null, 20] },
    ];
    expect(stack(lines)).toEqual([
      [10, null, 10],
      [30, 20, 10],
      [30, 20, 30],
    ]);
  });
});

describe('what the page is asked for', () => {
  const view = pageView(buildStatus(healthyInput()));

  it('is there, or is not', () => {
    const asked = ['gw1', 'gw2', 'gw9'].map((name) => exists(view, { kind: 'node', name }));
    expect(asked).toEqual([true, true, false]);
    expect(exists(view, { kind: 'instance', name: 'internet' })).toBe(true);
    expect(exists(view, { kind: 'instance', name: 'gw1' })).toBe(false);
  });

  it('has the use of the fullest slice and of all of pool4, and calls a slice by its node', () => {
    const pools = { poolSize: 1000, poolUsed: 13, worstSliceSize: 100, worstSliceUsed: 3.5 };
    const slices = ['192.0.2.0/28 tcp, slot 1', '192.0.2.16/28 udp, slot 2', '192.0.2.16/28 udp, slot 9'];
    const texts = slices.map((worstSlice) => {
      const one = instance({ traffic: traffic({ ...pools, worstSlice }) });
      const input = healthyInput({ instances: [one], peerInfo: new Map([[2, activeInfo()]]) });
      const { pool } = figuresOf(pageView(buildStatus(input)));
      expect([pool?.percent, pool?.all, pool?.nodes]).toEqual([3.5, 1.3, ['gw1']]);
      return pool?.where;
    });
    expect(texts).toEqual([
      'gw1: 192.0.2.0/28 tcp',
      'gw1: 192.0.2.16/28 udp, slice of gw2',
      'gw1: 192.0.2.16/28 udp, slot 9',
    ]);
  });

  it('has slices of all nodes, or of the one that is selected', () => {
    const one = instance({ traffic: traffic({ poolSize: 1000, poolUsed: 10 }) });
    const view2 = pageView(buildStatus(healthyInput({ instances: [one] })));
    const [all, gw2] = [figuresOf(view2).pool, figuresOf(view2, { kind: 'node', name: 'gw2' }).pool];
    expect([all?.all, all?.nodes]).toEqual([2.5, ['gw1', 'gw2']]);
    expect([gw2?.all, gw2?.nodes]).toEqual([4, ['gw2']]);
  });

  it('is told what to do about a drop', () => {
    const counters = [{ name: 'dropNoMapping', kind: 'drop', value: 3, help: 'h' }];
    const refused = pageView(buildStatus(healthyInput({ instances: [instance({ counters })] }))).instances[0]?.refused;
    expect(refused?.[0]?.advice).not.toBe('');
  });
});
