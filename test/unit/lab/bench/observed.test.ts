import { describe, expect, it } from 'vitest';
import { wantedSessions } from '../../../../src/lab/bench/observed/listing-rows.ts';
import { reportOf } from '../../../../src/lab/bench/observed/observed-rows.ts';
import { nicenessIn } from '../../../../src/lab/bench/observed/thread-times.ts';

/** A second of each kind in which the packet workers took so many ms, and the other threads twice as many. */
function block(workerMs: number): Parameters<typeof reportOf>[0][number] {
  const workersNs = workerMs * 1e6;
  const slice = { sent: 1000, delivered: 500, seconds: 1, workersNs, mainNs: 1e6, allNs: 3 * workersNs };
  return [slice, slice, slice, slice];
}

describe('the cost of being observed', () => {
  it('is what the threads take beyond the same without observers, in pairs of runs', () => {
    const rows = new Map(
      reportOf([block(22), block(40), block(31)], [block(20), block(30), block(30)]).map((row) => [row.name, row]),
    );
    expect(rows.get('observed-packets-worker')).toMatchObject({
      value: 31,
      againstValue: 30,
      ratio: 1.1,
      unit: 'CPU ms/s',
    });
    const loss = rows.get('observed-packets-worker-loss');
    expect([loss?.value, loss?.runs, loss?.against]).toEqual([0.2, [0.2, 1, 0.1], 'none']);
    expect(rows.get('observed-sessions-agent-loss')?.value).toBeCloseTo(0.6);
    expect(rows.get('observed-sessions-limit')).toMatchObject({ value: 0.5, ratio: 1, better: 'more' });
    expect(rows.get('observed-packets-limit-cpu')?.value).toBe(62_000);
  });

  it('knows the threads that translate by their nice value', () => {
    const stat = (nice: number): string => `4711 (a) b) S 1 1 1 0 -1 4194304 1 0 0 0 5 6 0 0 20 ${nice} 16 0 99 1 2`;
    expect([nicenessIn(stat(-10)), nicenessIn(stat(5))]).toEqual([-10, 5]);
  });
});

describe('how many sessions are listed', () => {
  it('is half a million, or what the environment says', () => {
    expect([wantedSessions(undefined), wantedSessions('4000000')]).toEqual([500_000, 4_000_000]);
  });

  it.each(['', '0', '4M', '-1', '8000001'])('is not %j', (text) => {
    expect(() => wantedSessions(text)).toThrow('a number from 1 to 8000000 is needed');
  });
});
