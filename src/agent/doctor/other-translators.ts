import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import type { Process } from '../../linux/processes.ts';
import { dataPlanes, type DoctorMachine, spaceName } from './machine.ts';

const PROGRAMS = new Set(['tayga', 'tundra-nat64', 'clatd', 'joold', 'pytayga']);

/** Other NAT64 programs would take packets, or answer for addresses. */
export function otherTranslatorExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const planes = await Promise.all(
      dataPlanes(config).map(async (namespace) => ({
        namespace,
        identity: await machine.networkNamespace(namespace),
      })),
    );
    const modules = (await machine.readText('/proc/modules')) ?? '';
    return [...judgeModules(modules), ...judgeProcesses(planes, await machine.processes())];
  };
  return { name: 'other translators', examine };
}

/** @param modules the text of /proc/modules */
export function judgeModules(modules: string): Diagnosis[] {
  const loaded = modules
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name === 'jool' || name === 'jool_siit');
  return loaded.map((name) => ({
    code: 'other-translator',
    severity: 'warning',
    subject: 'kernel',
    evidence: `the module ${name} is loaded: a Jool instance in the same namespace takes the packets first`,
    remedy: `${name} instance flush; modprobe --remove ${name}`,
  }));
}

export interface Plane {
  readonly namespace: string | undefined;
  readonly identity: string | undefined;
}

/** Pure. */
export function judgeProcesses(planes: readonly Plane[], processes: readonly Process[]): Diagnosis[] {
  return processes.flatMap(({ pid, name, networkNamespace }) => {
    const plane = planes.find(({ identity }) => identity !== undefined && identity === networkNamespace);
    if (plane === undefined || !PROGRAMS.has(name)) return [];
    return [
      {
        code: 'other-translator',
        severity: 'error',
        subject: spaceName(plane.namespace),
        evidence: `${name} (pid ${pid}) runs in the ${spaceName(plane.namespace)} and may route the same prefixes`,
        remedy: `stop and disable its service; then check "ip route" for what it left`,
      },
    ];
  });
}
