import { CODES, isCode } from '../../codes.ts';
import type { StatusReply } from '../control/messages.ts';
import { judgeClocks } from './clocks.ts';
import { type Diagnosis, type Examiner, NotCheckedError } from './finding.ts';
import type { DoctorMachine } from './machine.ts';

/**
 * Problems reported by the running agent: peers and clocks, links, duplicate slots, replicas, checks, announcements.
 */
export function agentExaminer(machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const status = await machine.status();
    if (status === undefined)
      throw new NotCheckedError('no agent runs: peers, clocks, slots and replicas are not known');
    return [...judgeStatus(status), ...judgeClocks(status)];
  };
  return { name: 'agent', examine };
}

/** Pure. */
export function judgeStatus({ problems }: Pick<StatusReply, 'problems'>): Diagnosis[] {
  return problems.map(({ severity, subject, text, code }) => ({
    code: isCode(code) ? code : 'check-failed',
    severity: severity === 'notServing' ? 'error' : 'warning',
    subject,
    evidence: text,
    remedy: (isCode(code) ? CODES[code].action : '') || 'read `isthmus status`',
  }));
}
