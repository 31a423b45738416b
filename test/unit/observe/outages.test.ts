import { expect, it } from 'vitest';
import { lineOf } from '../../../src/observe/history-file.ts';
import { healthOf } from '../../../src/observe/history-sample.ts';
import { HistoryStore } from '../../../src/observe/history-store.ts';
import { type HealthRecord, NO_OUTAGES, withHealth } from '../../../src/observe/outages.ts';
import type { PageOutage } from '../../../src/observe/page-model.ts';

type Look = readonly [seconds: number, health: string];

function recordOf(looks: readonly Look[], before: HealthRecord = NO_OUTAGES): HealthRecord {
  return looks.reduce((record, [seconds, health]) => withHealth(record, 1000 * seconds, health), before);
}

function told(outages: readonly PageOutage[]): string[] {
  return outages.map(({ from, to, severity }) => `${severity} ${from / 1000} to ${to === null ? 'now' : to / 1000}`);
}

const INCIDENTS: readonly Look[] = [
  [100, 'healthy'],
  [117, 'degraded'],
  [120, 'degraded'],
  [127, 'healthy'],
  [130, 'healthy'],
  [131, 'degraded'],
  [133, 'notServing'],
  [135, 'healthy'],
];

it('each incident has a mark of its own, with its times', () => {
  const { outages } = recordOf(INCIDENTS);
  expect(told(outages)).toEqual(['degraded 117 to 127', 'degraded 131 to 133', 'notServing 133 to 135']);
});

it('what lasts is the same list with each look, and ends with the first that is healthy', () => {
  const begun = recordOf([...INCIDENTS, [140, 'degraded']]);
  const later = recordOf(
    [
      [150, 'degraded'],
      [160, 'degraded'],
    ],
    begun,
  );
  expect(later.outages).toBe(begun.outages);
  expect(told(later.outages).at(-1)).toBe('degraded 140 to now');
  expect(told(recordOf([[161, 'healthy']], later).outages).at(-1)).toBe('degraded 140 to 161');
});

it('a time in which nobody looked is no part of an outage, and a look at the past none at all', () => {
  const begun = recordOf([
    [100, 'degraded'],
    [105, 'degraded'],
  ]);
  expect(told(recordOf([[136, 'healthy']], begun).outages)).toEqual(['degraded 100 to 105']);
  expect(told(recordOf([[136, 'degraded']], begun).outages)).toEqual(['degraded 100 to 105', 'degraded 136 to now']);
  expect(recordOf([[104, 'healthy']], begun)).toEqual(begun);
});

it('the oldest give way', () => {
  const many = Array.from({ length: 1000 }, (_, index): Look => [index, index % 2 === 0 ? 'degraded' : 'healthy']);
  const { outages } = recordOf(many);
  expect([outages.length, told(outages).at(-1)]).toEqual([200, 'degraded 998 to 999']);
});

it('the history has the marks of the file, where a change between two samples is no point', () => {
  const store = new HistoryStore();
  for (const [seconds, health] of INCIDENTS) store.add(healthOf({ time: 1000 * seconds, health }));
  const { outages, times, seenMs } = store.view(15);
  expect([told(outages).length, times, seenMs]).toEqual([3, [], 135_000]);
  expect([store.noteHealth(140_000, 'healthy'), store.noteHealth(141_000, 'degraded')]).toEqual([false, true]);
  expect(lineOf(healthOf({ time: 5, health: 'notServing' }))).toBe('[5,["health","","","",2]]\n');
});
