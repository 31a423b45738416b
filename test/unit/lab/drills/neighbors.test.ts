import { describe, expect, it } from 'vitest';
import { GROUPS, type NeighborCase } from '../../../../src/lab/drills/neighbors/cases.ts';
import { acceptsAdminDown, hasStaticBfd } from '../../../../src/lab/drills/neighbors/neighbor.ts';
import { ALLOWANCE_MS, judge } from '../../../../src/lab/drills/neighbors/result.ts';
import { resultsTable } from '../../../../src/lab/drills/neighbors/results-table.ts';

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
    expect(judge('frr-10.7.1', CASE, 6, refused, stoppedMs)).toMatchObject({ ok, blackHole, family: 6 });
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

it('the results are a table with a column for each router, by program and version', () => {
  const rows = [
    judge('frr-10.7.1', CASE, 4, false, 290),
    judge('frr-10.7.1', CASE, 6, false, 310),
    judge('frr-8.4.4', { ...CASE, kind: 'bgp', method: 'bgp-prefix' }, 4, false, 20),
    judge('frr-10.7.1', { ...CASE, method: 'bfd-shutdown' }, 4, true, undefined),
    judge('frr-10.7.1', { ...CASE, method: 'bfd-shutdown' }, 6, true, undefined),
  ];
  expect(resultsTable(rows).split('\n')).toEqual([
    '| routes hang on | fault or method | frr 8.4.4 | frr 10.7.1 |',
    '|---|---|---|---|',
    '| bgp, graceful restart disabled | `bgp-prefix` | 20 | – |',
    '| static-bfd | `bfd-remove` | – | 290, 310 |',
    '| static-bfd | `bfd-shutdown` | – | **stays** |',
  ]);
});
