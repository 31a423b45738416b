import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import type { DoctorMachine } from './machine.ts';

export interface KernelFacts {
  readonly release: string;
  readonly hasTun: boolean;
}

/** What is read of a flow is taken out of a hash in one call (BPF_MAP_LOOKUP_AND_DELETE_ELEM); the clock is older. */
const FAST_PATH = [5, 14] as const;
/** TUN_F_USO4 and TUN_F_USO6: datagrams in segments through a TUN. */
const UDP_SEGMENTS = [6, 2] as const;

/** What the kernel can do for the data plane. */
export function kernelExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> =>
    judgeKernel(config, { release: machine.kernel, hasTun: machine.exists('/dev/net/tun') });
  return { name: 'kernel', examine };
}

/** Pure. */
export function judgeKernel({ cluster }: Pick<NodeConfig, 'cluster'>, { release, hasTun }: KernelFacts): Diagnosis[] {
  const found: Diagnosis[] = [];
  const kernel = { subject: 'kernel', remedy: 'run Linux 6.2 or later (Debian 13; Debian 12 with backports)' } as const;
  if (!hasTun) {
    found.push({
      code: 'kernel-feature-missing',
      severity: 'error',
      subject: 'kernel',
      evidence: '/dev/net/tun is missing: no instance can start',
      remedy: 'modprobe tun; in a container, pass the device in',
      fix: { argv: ['modprobe', 'tun'] },
    });
  }
  const fast = Object.entries(cluster.instances).filter(([, one]) => one.fastPath !== 'off');
  if (fast.length > 0 && !isAtLeast(release, FAST_PATH)) {
    const names = fast.map(([name]) => name).join(', ');
    const evidence = `Linux ${release} is older than 5.14: the fast path of ${names} stays off, every packet takes the slow path`;
    found.push({ ...kernel, code: 'kernel-feature-missing', severity: 'warning', evidence });
  }
  if (!isAtLeast(release, UDP_SEGMENTS)) {
    const evidence = `Linux ${release} has no UDP segmentation on a TUN: UDP, QUIC among it, is translated slower`;
    found.push({ ...kernel, code: 'kernel-feature-missing', severity: 'warning', evidence });
  }
  return found;
}

function isAtLeast(release: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = '0', second = '0'] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
