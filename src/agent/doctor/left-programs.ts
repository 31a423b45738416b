import type { LeftProgram } from '../../fastpath/left-programs.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { dataPlanes, type DoctorMachine, spaceName } from './machine.ts';

/** Fast path programs left at interfaces by a killed worker, on kernels without TCX. */
export function leftProgramExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const found = dataPlanes(config).map(async (namespace) =>
      judgeLeft(namespace, await machine.leftPrograms(namespace)),
    );
    return (await Promise.all(found)).flat();
  };
  return { name: 'left fast paths', examine };
}

/** Pure. */
export function judgeLeft(namespace: string | undefined, left: readonly LeftProgram[]): Diagnosis[] {
  return left.map(({ interface: name, priority, handle }) => {
    const filter = ['pref', String(priority), 'handle', `0x${handle.toString(16)}`, 'bpf'];
    const argv = ['tc', 'filter', 'delete', 'dev', name, 'ingress', ...filter];
    return {
      code: 'fast-path-left',
      severity: 'warning',
      subject: spaceName(namespace),
      evidence: `${name} has the filter of a fast path whose worker is gone: it translates nothing, and costs a little`,
      remedy: argv.join(' '),
      fix: { argv, namespace },
    };
  });
}
