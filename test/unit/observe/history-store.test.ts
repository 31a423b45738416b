import { describe, expect, it } from 'vitest';
import { lineOf, readSamples } from '../../../src/observe/history-file.ts';
import { HistoryStore } from '../../../src/observe/history-store.ts';
import { type HistoryMetric, type HistorySample, MAX_POINTS } from '../../../src/observe/page-model.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STEP_MS = 10_000;

function sample(index: number, values: Readonly<Record<string, number>>): HistorySample {
  const metric: HistoryMetric = 'sessions';
  const rows = Object.entries(values).map(([node, value]) => ({ metric, node, instance: 'i', label: '', value }));
  return { time: 1_000_000 + index * STEP_MS, values: rows };
}

describe('the history', () => {
  it('gives back what was added, with gaps where there was nothing', () => {
    const store = new HistoryStore();
    store.add(sample(0, { a: 1 }));
    store.add(sample(1, { a: 2, b: 7 }));
    store.add(sample(2, { b: 8 }));
    const { times, series } = store.view(60);
    expect(times).toEqual([1_000_000, 1_010_000, 1_020_000]);
    expect(series.map(({ id, values }) => [id.node, values])).toEqual([
      ['a', [1, 2, null]],
      ['b', [null, 7, 8]],
    ]);
  });

  it('never grows: the oldest samples give their places up, and too many series are left out and counted', () => {
    const store = new HistoryStore({ samples: 5, series: 2 });
    for (let index = 0; index < 12; index += 1) store.add(sample(index, { a: index, b: index, [`c${index}`]: 1 }));
    const { times, series, left } = store.view(360);
    expect(times).toHaveLength(5);
    expect(series.map(({ id, values }) => [id.node, values])).toEqual([
      ['a', [7, 8, 9, 10, 11]],
      ['b', [7, 8, 9, 10, 11]],
    ]);
    expect(left).toBe(2);
  });

  it('gives the place of a series that has had no value for the whole ring to a new one', () => {
    const store = new HistoryStore({ samples: 3, series: 1 });
    store.add(sample(0, { gone: 1 }));
    for (let index = 1; index < 5; index += 1) store.add(sample(index, { fresh: index }));
    expect(store.view(60).series.map(({ id, values }) => [id.node, values])).toEqual([['fresh', [null, 3, 4]]]);
  });

  it('thins a long range to the mean of equal groups, and cuts a short one', () => {
    const store = new HistoryStore();
    for (let index = 0; index < 2160; index += 1) store.add(sample(index, { a: index }));
    const long = store.view(360);
    expect(long.times).toHaveLength(MAX_POINTS);
    expect(long.series[0]?.values[0]).toBe(2.5);
    const short = store.view(15);
    expect(short.times).toHaveLength(91);
    expect(short.series[0]?.values.at(-1)).toBe(2159);
  });

  it('says of how long its values are means, and counts a reason that a sample does not name as nothing', () => {
    const store = new HistoryStore();
    const named = { metric: 'drops', node: 'a', instance: 'i', label: 'dropFragment' } as const;
    for (let index = 0; index < 2160; index += 1) {
      store.add({ time: index * STEP_MS, values: index % 6 === 5 ? [{ ...named, value: 60 }] : [] });
    }
    const [long, short] = [store.view(360), store.view(15)];
    expect([long.stepMs, short.stepMs]).toEqual([60_000, 10_000]);
    expect(new Set(long.series[0]?.values)).toEqual(new Set([10]));
  });

  it('leaves out a sample that a clock which was set back has made', () => {
    const store = new HistoryStore();
    store.add(sample(5, { a: 1 }));
    store.add(sample(2, { a: 2 }));
    expect(store.view(60).times).toEqual([1_050_000]);
  });
});

describe('the file of the history', () => {
  it('is read back, with the file before it, and without what is damaged', () => {
    const folder = mkdtempSync(join(tmpdir(), 'history-'));
    try {
      const path = join(folder, 'gw1.history');
      writeFileSync(`${path}.1`, lineOf(sample(0, { a: 1 })));
      const cut = lineOf(sample(2, { a: 3 })).slice(0, 20);
      const hostile = '[1,["sessions","a","i","",{}],["noMetric","a","i","",3]]\n{"a":1}\n[null]\n';
      writeFileSync(path, `${lineOf(sample(1, { a: 2, b: 5 }))}${hostile}${cut}`);
      const empty = { time: 1, values: [] };
      expect(readSamples(path)).toEqual([sample(0, { a: 1 }), sample(1, { a: 2, b: 5 }), empty]);
      expect(readSamples(join(folder, 'none'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
