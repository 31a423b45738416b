import { describe, expect, it } from 'vitest';
import { jobName, jobsOf, packetReport } from '../../../../../src/lab/bench/pps/pps-rows.ts';

describe('jobs', () => {
  it('measure a peer once for all rows that it serves', () => {
    const names = jobsOf(['pps-fast-6to4', 'pps-siit-6to4']).map(jobName);
    expect(names.filter((name) => name.startsWith('kernel'))).toEqual([
      'kernel 6to4 1 egress',
      'kernel 6to4 10000 egress',
    ]);
    expect(names).toHaveLength(2 * (2 + 3));
  });

  it('count the slow path, which joins datagrams, behind the next link', () => {
    expect(jobsOf(['pps-slow-4to6']).every(({ countedAt }) => countedAt === 'far')).toBe(true);
  });
});

describe('the report', () => {
  const cost = (ns: number) => ({ ns, loss: 0 });
  const results = new Map([
    ['fast 6to4 1 egress', [cost(400), cost(900), cost(500)]],
    ['kernel 6to4 1 egress', [cost(250), cost(200), cost(300)]],
    ['tayga 6to4 1 egress', [cost(5000)]],
  ]);

  it('divides the medians of CPU time, and leaves out what was not measured', () => {
    const rows = packetReport(['pps-fast-6to4'], results).filter(({ name }) => !name.endsWith('-rate'));
    expect(rows).toMatchObject([
      {
        name: 'pps-fast-6to4',
        flows: 1,
        against: 'kernel',
        ratio: 2,
        value: 500,
        better: 'less',
        runs: [400, 900, 500],
      },
      { name: 'pps-fast-6to4', flows: 1, against: 'tayga', ratio: 0.1 },
    ]);
  });

  it('says what a CPU would carry, thousands of packets a second', () => {
    const row = packetReport(['pps-fast-6to4'], results).find(({ name }) => name === 'pps-fast-6to4-rate');
    expect(row).toMatchObject({ against: 'kernel', value: 2000, againstValue: 4000, ratio: 0.5, better: 'more' });
  });
});
