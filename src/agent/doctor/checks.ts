import type { NodeConfig } from '../config/node-config.ts';
import { agentExaminer } from './agent-problems.ts';
import { clusterFileExaminer } from './cluster-file.ts';
import type { Examiner } from './finding.ts';
import { dns64Examiner } from './dns64.ts';
import { firewallExaminer } from './firewall.ts';
import { frrExaminer } from './frr-processes.ts';
import { kernelExaminer } from './kernel.ts';
import { leftProgramExaminer } from './left-programs.ts';
import type { DoctorMachine } from './machine.ts';
import { offloadExaminer } from './offloads.ts';
import { otherTranslatorExaminer } from './other-translators.ts';
import { pool4Examiner } from './pool4-elsewhere.ts';
import { routeExaminer } from './routes.ts';
import { routerSessionExaminer } from './router-sessions.ts';
import { storageExaminer } from './storage.ts';
import { sysctlExaminer } from './sysctls.ts';
import { throughExaminer } from './through.ts';

export interface Request {
  readonly config: NodeConfig;
  /** State directory of the agent. */
  readonly stateDirectory: string;
  /** IPv4 address to be reached through the translator. */
  readonly through?: string | undefined;
  /** Address of the clients' resolver. */
  readonly dns64?: string | undefined;
}

/** Every check of the examination. */
export function examinersFor({ config, stateDirectory, through, dns64 }: Request, machine: DoctorMachine): Examiner[] {
  return [
    kernelExaminer(config, machine),
    leftProgramExaminer(config, machine),
    sysctlExaminer(config, machine),
    routeExaminer(config, machine),
    offloadExaminer(config, machine),
    frrExaminer(config, machine),
    routerSessionExaminer(config, machine),
    clusterFileExaminer(config, machine),
    firewallExaminer(config, machine),
    otherTranslatorExaminer(config, machine),
    pool4Examiner(config, machine),
    storageExaminer(stateDirectory, machine),
    agentExaminer(machine),
    ...(through === undefined ? [] : [throughExaminer(config, through, machine)]),
    ...(dns64 === undefined ? [] : [dns64Examiner(config, dns64, machine)]),
  ];
}
