import type { Diagnosis, Examination, Examiner, Unchecked } from './finding.ts';

/**
 * Time limit of the whole examination, milliseconds. Commands need some tens of milliseconds; on a fully loaded machine
 * seconds.
 */
export const EXAMINATION_MS = 10_000;

/**
 * Runs all checks in parallel with one time limit: checks that have not finished by then, or that fail themselves, are
 * reported as unchecked. A hanging daemon or a missing program does not affect the others.
 */
export async function examineAll(
  examiners: readonly Examiner[],
  limitMs: number = EXAMINATION_MS,
): Promise<Examination> {
  const results = await Promise.all(examiners.map(async (examiner) => examineOne(examiner, limitMs)));
  const findings = results.flatMap((result) => ('findings' in result ? result.findings : []));
  const checked = results.flatMap((result) => ('findings' in result ? [result.check] : []));
  const unchecked = results.flatMap((result) => ('reason' in result ? [result] : []));
  const worstFirst = findings.toSorted((one, other) => rank(one) - rank(other));
  return { findings: worstFirst, unchecked, checked };
}

function rank({ severity }: Diagnosis): number {
  return severity === 'error' ? 0 : 1;
}

interface Done {
  readonly check: string;
  readonly findings: readonly Diagnosis[];
}

async function examineOne(examiner: Examiner, limitMs: number): Promise<Done | Unchecked> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Unchecked>((resolve) => {
    const reason = `not finished after ${limitMs / 1000} s`;
    timer = setTimeout(() => resolve({ check: examiner.name, reason }), limitMs);
  });
  try {
    return await Promise.race([finish(examiner), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function finish(examiner: Examiner): Promise<Done | Unchecked> {
  const check = examiner.name;
  try {
    return { check, findings: await examiner.examine() };
  } catch (error) {
    return { check, reason: error instanceof Error ? error.message : String(error) };
  }
}
