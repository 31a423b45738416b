import type { CrossMistake } from '../../cluster/cross-mistake.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import type { DoctorMachine } from './machine.ts';

/** Requirements of the cluster file that this machine lacks (`isthmus config check --here`). */
export function clusterFileExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  return { name: 'cluster file', examine: async () => judgeMistakes(await machine.mistakesHere(config)) };
}

/** Pure. */
export function judgeMistakes(mistakes: readonly CrossMistake[]): Diagnosis[] {
  // Unresponsive daemons are reported by the check of the daemons, with their process.
  return mistakes
    .filter(({ path }) => path.at(-1) !== 'frr')
    .map(({ path, what, remedy }) => ({
      code: 'machine-mismatch',
      severity: 'error',
      subject: path.join('.'),
      evidence: what,
      remedy,
    }));
}
