import { describe, expect, it } from 'vitest';
import { type DemoResult, emptyResult, succeeded, toJson } from '../../../../src/lab/demo/result.ts';

const good: DemoResult = {
  fetched: true,
  sha256Ok: true,
  tcpSurvived: true,
  outageMs: 60,
  sessionsBefore: 46,
  sessionsOnSurvivor: 46,
  duplicatesDropped: 80,
  resyncMs: 1500,
  backOnFirst: true,
};

describe('the result of the demo', () => {
  it('succeeds only when everything was seen', () => {
    expect(succeeded(good)).toBe(true);
    expect(succeeded(emptyResult())).toBe(false);
  });

  it.each<Partial<DemoResult>>([
    { fetched: false },
    { sha256Ok: false },
    { tcpSurvived: false },
    { backOnFirst: false },
    { outageMs: undefined },
    { sessionsBefore: 0 },
    { sessionsOnSurvivor: 45 },
    { sessionsOnSurvivor: undefined },
  ])('does not succeed with %o', (change) => {
    expect(succeeded({ ...good, ...change })).toBe(false);
  });

  it('writes every field, null where nothing was measured', () => {
    expect(JSON.parse(toJson({ ...good, outageMs: undefined }))).toEqual({ ...good, outageMs: null });
    expect([...toJson(emptyResult()).matchAll(/"(\w+)":/g)].map(([, name]) => name)).toEqual(Object.keys(good));
  });
});
