import { describe, expect, it } from 'vitest';
import { reportRows, reportTable } from '../../../../src/lab/bench/report.ts';

const row = { name: 'tcp64', unit: 'Gbit/s', more: true, what: 'bulk TCP' };
const alone = { name: 'garbage', unit: 'in 10 s', more: false, what: 'collections' };

describe('the report of a benchmark', () => {
  const results = new Map([
    [
      'tcp64',
      new Map([
        ['isthmus' as const, [3, 9, 4]],
        ['kernel' as const, [8, 5, 1]],
        ['tayga' as const, [0.5, 2, 0.25]],
      ]),
    ],
    ['garbage', new Map([['isthmus' as const, [1, 0]]])],
  ]);

  it('compares medians with each of the others', () => {
    const rows = reportRows([row], results);
    expect(rows).toMatchObject([
      { name: 'tcp64', against: 'kernel', ratio: 4 / 5, value: 4, againstValue: 5, runs: [3, 9, 4], unit: 'Gbit/s' },
      { name: 'tcp64', against: 'tayga', ratio: 8, value: 4, againstValue: 0.5 },
    ]);
  });

  it('says so where no other has anything like it', () => {
    const rows = reportRows([alone], results);
    expect(rows).toMatchObject([{ name: 'garbage', against: 'none', ratio: null, value: 0.5, againstValue: null }]);
    expect(reportTable(rows).split('\n')[1]).toMatch(/^garbage +0\.500 +none +\(less is better\) +in 10 s$/);
  });

  it('leaves out what was not measured', () => {
    expect(reportRows([{ ...row, name: 'udp64' }], results)).toEqual([]);
  });
});
