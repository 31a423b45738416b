import type { Diagnosis, Examination } from '../agent/doctor/finding.ts';
import type { Repair } from '../agent/doctor/repair.ts';
import type { Paint } from './table.ts';

export interface DoctorResult {
  readonly node: string;
  /** State after the repairs. */
  readonly examination: Examination;
  readonly repairs: readonly Repair[];
}

/** Output of `--json`. */
export function doctorSummary({ node, examination, repairs }: DoctorResult): object {
  const { findings, unchecked, checked } = examination;
  return {
    ok: findings.length === 0,
    node,
    findings: findings.map(plain),
    repairs: repairs.map(({ finding, failure }) => ({ ...plain(finding), failure: failure ?? null })),
    unchecked,
    checked,
  };
}

function plain({ code, severity, subject, evidence, remedy, fix }: Diagnosis): object {
  return { code, severity, subject, evidence, remedy, fixable: fix !== undefined };
}

/** Output for the operator. */
export function doctorReport({ node, examination, repairs }: DoctorResult, paint: Paint): string {
  const { findings, unchecked, checked } = examination;
  const lines = [
    ...repairs.map(({ finding, failure }) =>
      failure === undefined
        ? paint('good', `fixed    ${finding.subject}: ${finding.evidence}`)
        : paint('bad', `not fixed  ${finding.subject}: ${finding.evidence}: ${failure}`),
    ),
    ...findings.flatMap((finding) => findingLines(finding, paint)),
    ...unchecked.map(({ check, reason }) => paint('faint', `unknown  ${check}: ${reason}`)),
  ];
  const count = `${checked.length} checks`;
  const verdict =
    findings.length === 0
      ? paint('good', `${node}: nothing found by ${count}`)
      : `${node}: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} by ${count}`;
  const open = unchecked.length === 0 ? '' : `, ${unchecked.length} not checked`;
  return [...lines, `${verdict}${open}`].join('\n');
}

function findingLines({ code, severity, subject, evidence, remedy, fix }: Diagnosis, paint: Paint): string[] {
  const word = severity.padEnd('warning  '.length);
  return [
    `${paint(severity === 'error' ? 'bad' : 'warning', word)}${subject}: ${evidence} [${code}]`,
    `         ${fix === undefined ? remedy : `${remedy} (or --fix)`}`,
  ];
}
