import type { NodeConfig } from '../config/node-config.ts';
import { pathTo } from '../health/upstream-probe.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { type DoctorMachine, spaceName } from './machine.ts';

const ECHO_MS = 2000;

/** End-to-end test: from the data plane's namespace through the translator to a target, and back. */
export function throughExaminer({ cluster }: NodeConfig, target: string, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const { address, instance } = pathTo(target, cluster.instances);
    const namespace = instance === undefined ? undefined : cluster.instances[instance]?.namespace;
    const [translated, straight] = await Promise.all([
      failureOf(machine, namespace, address),
      instance === undefined ? undefined : failureOf(machine, namespace, target),
    ]);
    if (translated === undefined) return [];
    return [judgeFailure({ target, instance, namespace, address, translated, straight })];
  };
  return { name: `through ${target}`, examine };
}

async function failureOf(
  machine: DoctorMachine,
  namespace: string | undefined,
  address: string,
): Promise<string | undefined> {
  try {
    await machine.ping(namespace, address, ECHO_MS);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface Failure {
  readonly target: string;
  /** The instance for the target; undefined: none. */
  readonly instance: string | undefined;
  readonly namespace: string | undefined;
  /** Destination: the target behind pool6. */
  readonly address: string;
  /** Error of the translated test. */
  readonly translated: string;
  /** Error of the same test without translation; undefined: it succeeded. */
  readonly straight: string | undefined;
}

/** Pure. */
export function judgeFailure({ target, instance, namespace, address, translated, straight }: Failure): Diagnosis {
  const found = { code: 'target-unreachable', severity: 'error' } as const;
  if (instance === undefined) {
    const evidence = `${target} does not answer, and no instance serves it: ${translated}`;
    return { ...found, subject: target, evidence, remedy: 'give an IPv4 address within `destinations` of an instance' };
  }
  const subject = `instance ${instance}`;
  const evidence = `${target} does not answer through ${instance} as ${address}: ${translated}`;
  if (straight === undefined) {
    const remedy =
      `${target} answers without translation: see isthmus explain, and whether the router sends pool4 to this node ` +
      '(a standby gets no answers, since they go to the active node)';
    return { ...found, subject, evidence: `${evidence}; without translation it answers`, remedy };
  }
  const remedy = `nor does it answer without translation (${straight}): check the routes of the ${spaceName(namespace)} and at the target`;
  return { ...found, subject, evidence, remedy };
}
