import type { RunCommand } from '../../linux/command.ts';
import type { Diagnosis } from './finding.ts';

export interface Repair {
  readonly finding: Diagnosis;
  /** Why it failed; undefined: done. */
  readonly failure: string | undefined;
}

/** Runs the fixes of the findings, one after the other; failures do not stop the rest. */
export async function repairAll(findings: readonly Diagnosis[], run: RunCommand): Promise<Repair[]> {
  const repairs: Repair[] = [];
  for (const finding of findings) {
    if (finding.fix === undefined) continue;
    const { argv, namespace } = finding.fix;
    try {
      await run(argv, { namespace });
      repairs.push({ finding, failure: undefined });
    } catch (error) {
      repairs.push({ finding, failure: error instanceof Error ? error.message : String(error) });
    }
  }
  return repairs;
}
