import type { NodeConfig } from '../config/node-config.ts';
import type { StatusReply } from '../control/messages.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import type { DoctorMachine } from './machine.ts';

export interface KernelFacts {
  readonly release: string;
  readonly hasTun: boolean;
  /** eBPF error of the kernel; undefined: none. */
  readonly bpfRefusal: string | undefined;
  /** TUNs of the running instances; without any, the kernel release is used. */
  readonly tuns: readonly TunFacts[];
}

export interface TunFacts {
  readonly instance: string;
  readonly offloads: readonly string[];
}

/** Atomic look-up and delete of hash entries (BPF_MAP_LOOKUP_AND_DELETE_ELEM); the clock helper is older. */
const FAST_PATH = [5, 14] as const;
/** TUN_F_USO4 and TUN_F_USO6: UDP segmentation offload through a TUN. */
const UDP_SEGMENTS = [6, 2] as const;
const NEWER_KERNEL = 'run Linux 6.2 or later (Debian 13; Debian 12 with backports)';
/** TUN features of every supported kernel (TUN_F_CSUM, TUN_F_TSO4, TUN_F_TSO6). */
const TCP_SEGMENTS = ['csum', 'tso4', 'tso6'] as const;

/** Kernel features for the data plane, tested without side effects, and those in use by the agent. */
export function kernelExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const hasTun = machine.exists('/dev/net/tun');
    const bpfRefusal = machine.bpfRefusal();
    // An unresponsive agent is reported by the check of the agent.
    const status = await machine.status().catch(() => undefined);
    return judgeKernel(config, { release: machine.kernel, hasTun, bpfRefusal, tuns: tunsOf(status) });
  };
  return { name: 'kernel', examine };
}

function tunsOf(status: Pick<StatusReply, 'instances'> | undefined): TunFacts[] {
  const running = (status?.instances ?? []).filter(({ state }) => state === 'running');
  return running.map(({ name, tunOffloads }) => ({ instance: name, offloads: tunOffloads }));
}

/** Pure. */
export function judgeKernel({ cluster }: Pick<NodeConfig, 'cluster'>, facts: KernelFacts): Diagnosis[] {
  const { release, hasTun, bpfRefusal, tuns } = facts;
  const found: Diagnosis[] = [];
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
    const subject = 'kernel';
    found.push({ code: 'kernel-feature-missing', severity: 'warning', subject, evidence, remedy: NEWER_KERNEL });
  }
  if (bpfRefusal !== undefined) {
    found.push({
      code: 'kernel-feature-missing',
      severity: 'warning',
      subject: 'kernel',
      evidence: `the kernel refuses eBPF (${bpfRefusal}): without it there is no fast path, no steering of queues, and no gate`,
      remedy: 'run a kernel with CONFIG_BPF_SYSCALL; in a container, allow bpf(2), CAP_BPF and CAP_PERFMON',
    });
  }
  return [...found, ...judgeTuns(release, tuns)];
}

function judgeTuns(release: string, tuns: readonly TunFacts[]): Diagnosis[] {
  const missing = { code: 'kernel-feature-missing', severity: 'warning', subject: 'kernel' } as const;
  const lacking = (wanted: readonly string[]): string[] =>
    tuns.filter(({ offloads }) => !wanted.every((one) => offloads.includes(one))).map((one) => one.instance);
  const found: Diagnosis[] = [];
  const slow = lacking(TCP_SEGMENTS);
  if (slow.length > 0) {
    const evidence = `the TUN of ${slow.join(', ')} takes no TCP segments: each packet of a stream is translated by itself`;
    found.push({ ...missing, evidence, remedy: 'run a kernel of Debian, or load its own tun module' });
  }
  const cutsNone = tuns.length === 0 ? !isAtLeast(release, UDP_SEGMENTS) : lacking(['uso4', 'uso6']).length > 0;
  if (cutsNone) {
    const evidence = `Linux ${release} has no UDP segmentation on a TUN: UDP, QUIC among it, is translated slower`;
    found.push({ ...missing, evidence, remedy: NEWER_KERNEL });
  }
  return found;
}

function isAtLeast(release: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = '0', second = '0'] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
