import { describe, expect, it } from 'vitest';
import { GROUPS, type NeighborCase } from '../../../../src/lab/drills/neighbors/cases.ts';
import { acceptsAdminDown, hasStaticBfd } from '../../../../src/lab/drills/neighbors/neighbor.ts';
import { planOf } from '../../../../src/lab/drills/neighbors/plan.ts';
import {
  ALLOWANCE_MS,
  judge,
  merged,
  type NeighborRow,
  parseRows,
  rowsText,
} from '../../../../src/lab/drills/neighbors/result.ts';
import { TrafficEnd } from '../../../../src/lab/drills/neighbors/traffic-end.ts';
import { resultsTables } from '../../../../src/lab/drills/neighbors/results-table.ts';

const NAMES = { gateway: 'frr-8.4.4', neighbor: 'frr-10.7.1' };
const CASE: NeighborCase = {
  kind: 'static-bfd',
  method: 'bfd-remove',
  fault: 'drain',
  gracefulRestart: 'disabled',
  statedMs: 300,
};

describe('a case of the neighbours drill', () => {
  it.each([
    [false, 300 + ALLOWANCE_MS, true, false],
    [false, 301 + ALLOWANCE_MS, false, false],
    [false, undefined, false, true],
    // A refused method shows what it is refused for.
    [true, undefined, true, true],
    [true, 40, false, false],
  ])('refused %s, ended after %s ms: ok %s, black hole %s', (refused, stoppedMs, ok, blackHole) => {
    const measured = { family: 6, ownMs: 0, stoppedMs } as const;
    expect(judge(NAMES, CASE, refused, measured)).toMatchObject({ ok, blackHole, family: 6 });
  });

  it('the time that the gateway itself needs is not that of the router', () => {
    const stoppedMs = 301 + ALLOWANCE_MS;
    expect(judge(NAMES, CASE, false, { family: 4, ownMs: 1, stoppedMs }).ok).toBe(true);
  });

  it.each([
    ['frr', '8.4.4', false, true],
    ['frr', '8.5', true, true],
    ['frr', '10.3', true, true],
    ['frr', '10.7.1', true, false],
    ['frr', '11.0', true, false],
    ['bird', '2.0.12', true, true],
    ['bird', '3.4.0', true, true],
  ] as const)('%s %s: static routes with BFD %s, AdminDown is accepted %s', (program, version, statics, accepted) => {
    const neighbor = { name: `${program}-${version}`, program, version };
    expect([hasStaticBfd(neighbor), acceptsAdminDown(neighbor)]).toEqual([statics, accepted]);
  });

  it('ends the group where it may leave a route for ever', () => {
    const [statics] = GROUPS;
    expect(statics?.cases.findIndex(({ method }) => method === 'bfd-shutdown')).toBe((statics?.cases.length ?? 0) - 1);
  });
});

describe('the end of the traffic', () => {
  const at = (packets: number, lastMs: number) => ({ packets, lastMs });

  it('is told by packets that were sent and did not arrive', () => {
    const end = new TrafficEnd(at(10, 5));
    end.observe(at(20, 10), at(21, 10));
    end.observe(at(30, 20), at(32, 20));
    expect([end.lost, end.lastMs]).toEqual([0, 20]);
    end.observe(at(30, 20), at(532, 1020));
    expect([end.lost, end.lastMs]).toEqual([500, 20]);
  });

  it('is none while the sender stands still, nor after a late packet', () => {
    const end = new TrafficEnd(at(10, 5));
    end.observe(at(10, 5), at(11, 5));
    end.observe(at(10, 5), at(11, 5));
    expect(end.lost).toBe(0);
    end.observe(at(10, 5), at(100, 900));
    end.observe(at(11, 950), at(120, 950));
    expect([end.lost, end.lastMs]).toEqual([0, 950]);
  });
});

describe('runs in pieces', () => {
  const frr = { name: 'frr-10.3', program: 'frr', version: '10.3' } as const;
  const routers = { neighbors: [frr], gateways: [frr] };
  const rowOf = (one: NeighborCase, ok: boolean): NeighborRow => ({
    ...judge({ gateway: 'frr-10.3', neighbor: 'frr-10.3' }, one, false, { family: 4, ownMs: 0, stoppedMs: 1 }),
    ok,
  });
  const names = (known: readonly NeighborRow[]): string[] =>
    planOf(routers, ['static-bfd'], known, () => undefined).flatMap(({ group }) =>
      group.cases.map(({ method, fault }) => method ?? fault),
    );

  it('go on with what has no row, or one that is not as stated', () => {
    const [statics] = GROUPS;
    const [block, remove] = statics?.cases ?? [];
    if (block === undefined || remove === undefined) throw new Error('no cases');
    const all = names([]);
    expect(all).toContain('bfd-block');
    expect(names([rowOf(block, true), rowOf(remove, false)])).toEqual(all.filter((name) => name !== 'bfd-block'));
  });

  it('are one: a case that was measured again has its new rows, and others stay', () => {
    const old = [rowOf(CASE, false), rowOf({ ...CASE, method: 'bfd-block' }, true)];
    const all = merged(old, [rowOf(CASE, true)]);
    expect(all.map(({ method, ok }) => [method, ok])).toEqual([
      ['bfd-block', true],
      ['bfd-remove', true],
    ]);
    expect(parseRows(rowsText(all))).toEqual(all);
  });
});

it('the results are a table for each gateway with a column for each router, by program and version', () => {
  const row = (neighbor: string, family: 4 | 6, stoppedMs: number | undefined, one: Partial<NeighborCase> = {}) =>
    judge({ gateway: 'frr-8.4.4', neighbor }, { ...CASE, ...one }, stoppedMs === undefined, {
      family,
      ownMs: 0,
      stoppedMs,
    });
  const rows = [
    row('frr-10.7.1', 4, 290),
    row('frr-10.7.1', 6, 310),
    row('frr-8.4.4', 4, 20, { kind: 'bgp', method: 'bgp-prefix' }),
    row('frr-10.7.1', 4, undefined, { method: 'bfd-shutdown' }),
    row('frr-10.7.1', 6, undefined, { method: 'bfd-shutdown' }),
    { ...row('frr-10.7.1', 6, 300), gateway: 'frr-10.3' },
  ];
  expect(resultsTables(rows).split('\n')).toEqual([
    'Gateway frr 8.4.4:',
    '',
    '| routes hang on | fault or method | frr 8.4.4 | frr 10.7.1 |',
    '|---|---|---|---|',
    '| bgp, graceful restart disabled | `bgp-prefix` | 20 | – |',
    '| static-bfd | `bfd-remove` | – | 290, 310 |',
    '| static-bfd | `bfd-shutdown` | – | **stays** |',
    '',
    'Gateway frr 10.3:',
    '',
    '| routes hang on | fault or method | frr 10.7.1 |',
    '|---|---|---|',
    '| static-bfd | `bfd-remove` | 300 |',
  ]);
});
