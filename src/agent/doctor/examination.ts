import type { Diagnosis, Examination, Examiner, Unchecked } from './finding.ts';

/**
 * Time for the whole examination, milliseconds. Commands answer within some tens of them; on a machine under full load
 * within seconds.
 */
export const EXAMINATION_MS = 10_000;

/**
 * Runs all checks side by side, so the limit of each is that of all together: what has not come to an end by then is
 * unchecked, as is a check that fails by itself. Neither a hanging daemon nor a missing program holds up or spoils the
 * rest.
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
