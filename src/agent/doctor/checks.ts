import type { NodeConfig } from '../config/node-config.ts';
import { agentExaminer } from './agent-problems.ts';
import { clusterFileExaminer } from './cluster-file.ts';
import type { Examiner } from './finding.ts';
import { firewallExaminer } from './firewall.ts';
import { frrExaminer } from './frr-processes.ts';
import { kernelExaminer } from './kernel.ts';
import { leftProgramExaminer } from './left-programs.ts';
import type { DoctorMachine } from './machine.ts';
import { otherTranslatorExaminer } from './other-translators.ts';
import { routeExaminer } from './routes.ts';
import { routerSessionExaminer } from './router-sessions.ts';
import { storageExaminer } from './storage.ts';
import { sysctlExaminer } from './sysctls.ts';
import { throughExaminer } from './through.ts';

export interface Request {
  readonly config: NodeConfig;
  /** Where the agent stores what outlives it. */
  readonly stateDirectory: string;
  /** An IPv4 address to reach through the translator. */
  readonly through?: string | undefined;
}

/** Every check of the examination. */
export function examinersFor({ config, stateDirectory, through }: Request, machine: DoctorMachine): Examiner[] {
  return [
    kernelExaminer(config, machine),
    leftProgramExaminer(config, machine),
    sysctlExaminer(config, machine),
    routeExaminer(config, machine),
    frrExaminer(config, machine),
    routerSessionExaminer(config, machine),
    clusterFileExaminer(config, machine),
    firewallExaminer(config, machine),
    otherTranslatorExaminer(config, machine),
    storageExaminer(stateDirectory, machine),
    agentExaminer(machine),
    ...(through === undefined ? [] : [throughExaminer(config, through, machine)]),
  ];
}
