import { describe, expect, it } from 'vitest';
import { killsIn, killText, sumOfKills } from '../../../../../src/lab/drills/hostile/kills.ts';
import { judge, readRows, sameRun, type Seen } from '../../../../../src/lab/drills/hostile/result.ts';
import { resultsTable } from '../../../../../src/lab/drills/hostile/results-table.ts';
import { isCalm, MEMORY_ALLOWANCE, passed, type SoakRow } from '../../../../../src/lab/drills/soak/result.ts';

const SETTING = { nodes: 2, fastPath: false, hog: false };
const CALM: Seen = {
  withdrawals: 0,
  brokenTcp: 0,
  sessions: { alive: 32, total: 32 },
  stallMs: 12.4,
  found: 'all is well',
  asStated: true,
};

describe('the row of an attack', () => {
  it('has the fields of the JSON file and no others', () => {
    expect(judge('new-flows-60k', SETTING, { withdrawals: 0 }, CALM)).toEqual({
      attack: 'new-flows-60k',
      nodes: 2,
      fastPath: false,
      hog: false,
      withdrawals: 0,
      brokenTcp: 0,
      stallMs: 12,
      lostSessions: 0,
      found: 'all is well',
      ok: true,
    });
  });

  it.each<[string, Partial<Seen>]>([
    ['a withdrawal', { withdrawals: 1 }],
    ['a broken connection', { brokenTcp: 1 }],
    ['a session that is lost', { sessions: { alive: 31, total: 32 } }],
    ['what the attack itself found', { asStated: false }],
  ])('is not as it should because of %s', (_, changes) => {
    expect(judge('x', SETTING, { withdrawals: 0 }, { ...CALM, ...changes }).ok).toBe(false);
  });

  it('allows a withdrawal where it is right, and stalls without the fast path', () => {
    expect(judge('x', SETTING, { withdrawals: 1 }, { ...CALM, withdrawals: 1, stallMs: 9_000 }).ok).toBe(true);
    const fast = { ...SETTING, fastPath: true };
    expect(judge('x', fast, { withdrawals: 0 }, { ...CALM, stallMs: 499 }).ok).toBe(true);
    expect(judge('x', fast, { withdrawals: 0 }, { ...CALM, stallMs: 501 }).ok).toBe(false);
    expect(judge('x', SETTING, { withdrawals: 0, stallMs: 100 }, { ...CALM, stallMs: 101 }).ok).toBe(false);
    expect(judge('x', fast, { withdrawals: 0, stallMs: 2_000 }, { ...CALM, stallMs: 501 }).ok).toBe(false);
    expect(judge('x', fast, { withdrawals: 0, fastStallMs: 3_000 }, { ...CALM, stallMs: 2_999 }).ok).toBe(true);
    expect(judge('x', fast, { withdrawals: 0, fastStallMs: 3_000 }, { ...CALM, stallMs: 3_001 }).ok).toBe(false);
  });

  it('is known again in a file, by the attack and how it was made', () => {
    const row = judge('x', SETTING, { withdrawals: 0 }, CALM);
    const [read] = readRows(JSON.stringify([row]));
    expect(read).toEqual(row);
    expect(sameRun(row, 'x', SETTING)).toBe(true);
    expect(sameRun(row, 'y', SETTING)).toBe(false);
    for (const other of [{ nodes: 3 }, { fastPath: true }, { hog: true }]) {
      expect(sameRun(row, 'x', { ...SETTING, ...other })).toBe(false);
    }
    expect(() => readRows(JSON.stringify([{ ...row, ok: 'yes' }]))).toThrow('ok');
  });

  it('is a line of the table', () => {
    const row = judge('x', { nodes: 3, fastPath: true, hog: true }, { withdrawals: 0 }, { ...CALM, found: 'a | b' });
    expect(resultsTable([row]).split('\n').at(-1)).toBe(
      '| `x` | 3 nodes, fast path, every CPU busy | 0 | 0 | 12 | 0 | a \\| b | yes |',
    );
  });
});

describe('a soak', () => {
  const row: SoakRow = {
    flood: 'syn',
    fastPath: true,
    seconds: 15,
    perSecond: 40_000,
    withdrawals: 0,
    brokenTcp: 0,
    stallMs: 499,
    opened: 300,
    failed: 3,
    ok: true,
  };

  it('is calm without withdrawals, broken connections and, on the fast path, stalls', () => {
    expect(isCalm(row)).toBe(true);
    expect(isCalm({ ...row, stallMs: 500 })).toBe(false);
    expect(isCalm({ ...row, stallMs: 5_000, fastPath: false })).toBe(true);
    expect(isCalm({ ...row, withdrawals: 1 })).toBe(false);
    expect(isCalm({ ...row, brokenTcp: 1 })).toBe(false);
  });

  it('has passed when each row has and memory came back', () => {
    const memory = { node: 'gw1', fastPath: true, first: 100, last: 100 + MEMORY_ALLOWANCE };
    expect(passed({ rows: [row], memory: [memory] })).toBe(true);
    expect(passed({ rows: [row], memory: [{ ...memory, last: memory.last + 1 }] })).toBe(false);
    expect(passed({ rows: [row, { ...row, ok: false }], memory: [memory] })).toBe(false);
    expect(passed({ rows: [], memory: [] })).toBe(false);
  });
});

describe('kills of several runs', () => {
  const account = (kills: number, left: number, worstMs: number) => ({ kills, left, worstMs });
  const row = (changes: Partial<Seen>) =>
    judge('killed-at-random', SETTING, { withdrawals: 100 }, { ...CALM, ...changes });

  it('are read as they were written', () => {
    expect(killsIn(killText(account(40, 1, 3120)))).toEqual(account(40, 1, 3120));
  });

  it('add up to one row, which is as it should be only if all of them were', () => {
    const former = row({ withdrawals: 20, stallMs: 3000, found: killText(account(40, 0, 3120)) });
    const next = row({ withdrawals: 13, stallMs: 900, found: killText(account(25, 0, 4000)) });
    expect(sumOfKills(former, next)).toEqual({
      ...former,
      withdrawals: 33,
      stallMs: 3000,
      found: killText(account(65, 0, 4000)),
    });
    const bad = row({ asStated: false, brokenTcp: 2, found: killText(account(5, 1, 0)) });
    for (const sum of [sumOfKills(former, bad), sumOfKills(bad, former)]) {
      expect(sum).toMatchObject({ ok: false, brokenTcp: 2, found: killText(account(45, 1, 3120)) });
    }
  });
});
