import type { System } from './course.ts';
import type { Row } from './measurement.ts';

/** One line of the result: Isthmus compared with another system. */
export interface ReportRow {
  readonly name: string;
  /** `kernel`, `tayga`, or the reference of the row; `none`: there is no comparable one. */
  readonly against: string;
  /** Number of alternating flows, where it is varied. */
  readonly flows?: number;
  /** Ratio of the medians, Isthmus to the other. */
  readonly ratio: number | null;
  /** Values of each run of Isthmus, and of the other, in order. */
  readonly runs: readonly number[];
  readonly againstRuns: readonly number[];
  /** Isthmus's median. */
  readonly value: number;
  readonly againstValue: number | null;
  readonly unit: string;
  readonly better: 'more' | 'less';
}

/** Values by row and system, in the order of the runs. */
export type Results = ReadonlyMap<string, ReadonlyMap<System, readonly number[]>>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return Number.NaN;
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? upper;
  return (lower + upper) / 2;
}

export function reportRows(rows: readonly Row[], results: Results): ReportRow[] {
  return rows.flatMap((row): ReportRow[] => {
    const bySystem = results.get(row.name);
    const runs = bySystem?.get('isthmus') ?? [];
    if (runs.length === 0) return [];
    const better = row.more ? ('more' as const) : ('less' as const);
    const own = { name: row.name, runs, value: median(runs), unit: row.unit, better };
    const beside = (['kernel', 'tayga'] as const).flatMap((against): ReportRow[] => {
      const againstRuns = bySystem?.get(against) ?? [];
      if (againstRuns.length === 0) return [];
      const againstValue = median(againstRuns);
      return [{ ...own, against, ratio: own.value / againstValue, againstRuns, againstValue }];
    });
    if (beside.length > 0) return beside;
    return [{ ...own, against: 'none', ratio: null, againstRuns: [], againstValue: null }];
  });
}

/** The result as a text table. */
export function reportTable(rows: readonly ReportRow[]): string {
  const header = ['row', 'isthmus', 'against', '', 'ratio', 'unit'];
  const lines = rows.map(({ name, flows, value, against, againstValue, ratio, unit, better }) => [
    flows === undefined ? name : `${name} (${flows})`,
    figure(value),
    against,
    againstValue === null ? '' : figure(againstValue),
    `${ratio === null ? '' : figure(ratio)}${better === 'less' ? ' (less is better)' : ''}`,
    unit,
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...lines].map((line) => (line[column] ?? '').length)));
  return [header, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
