import { readFileSync } from 'node:fs';
import { checked, libc } from './libc.ts';

/** Capability numbers (linux/capability.h). */
const NUMBERS = {
  CAP_CHOWN: 0,
  CAP_DAC_OVERRIDE: 1,
  CAP_KILL: 5,
  CAP_NET_BIND_SERVICE: 10,
  CAP_NET_ADMIN: 12,
  CAP_NET_RAW: 13,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_SYS_NICE: 23,
  CAP_PERFMON: 38,
  CAP_BPF: 39,
} as const;
export type Capability = keyof typeof NUMBERS;

/**
 * Capabilities for BPF. `CAP_SYS_ADMIN` replaces the first two where a unit file older than this program does not grant
 * them.
 */
const BPF = ['CAP_BPF', 'CAP_PERFMON', 'CAP_NET_ADMIN'] as const;

/**
 * Capabilities that each kind of thread retains after initialisation. A thread inherits the capabilities of the main
 * thread, so the main thread has all that any of them needs when it starts, also after a reload. Rationale:
 * docs/security.md.
 */
export const THREAD_CAPABILITIES = {
  main: [
    ...BPF,
    'CAP_SYS_ADMIN',
    'CAP_NET_RAW',
    'CAP_DAC_OVERRIDE',
    'CAP_SYS_NICE',
    'CAP_KILL',
    'CAP_SYS_PTRACE',
    // Not granted by the unit: a manually started agent assigns its sockets to groups it is not in, and may use an HTTP
    // port below 1024.
    'CAP_CHOWN',
    'CAP_NET_BIND_SERVICE',
  ],
  /** Reopens the TUN device when it has been deleted. */
  worker: BPF,
  /** Attaches the fast path to interfaces that appear later. */
  interfaces: BPF,
  /** Before TCX (Linux 6.6) a killed program leaves filters, which are identified by their maps. */
  interfacesBeforeTcx: [...BPF, 'CAP_SYS_ADMIN'],
  /** Renews the lease of the gates; the guard inherits these. */
  keeper: ['CAP_BPF', 'CAP_DAC_OVERRIDE', 'CAP_SYS_NICE', 'CAP_SYS_PTRACE', 'CAP_KILL'],
  namespaceView: ['CAP_NET_RAW'],
  /** Files may belong to other users. */
  files: ['CAP_DAC_OVERRIDE', 'CAP_CHOWN'],
  http: [],
  /** Only closes the device that it has opened. */
  relay: [],
} as const satisfies Readonly<Record<string, readonly Capability[]>>;
export type ThreadKind = keyof typeof THREAD_CAPABILITIES;

const VERSION_3 = 0x2008_0522;
const WORD_BITS = 32;
/** struct __user_cap_data_struct: effective, permitted, inheritable, for the lower and for the upper 32 bits. */
const [EFFECTIVE, PERMITTED, INHERITABLE] = [0, 1, 2];
const WORDS = 3;
const PR_SET_NO_NEW_PRIVS = 38;

/**
 * Permanently drops the capabilities that the calling thread's kind does not need; other threads are unaffected,
 * because Linux keeps capabilities per thread (capabilities(7)). Programs that it starts inherit the reduced set.
 * @throws SystemCallError
 */
export function dropCapabilities(kind: ThreadKind): void {
  const header = new Uint32Array([VERSION_3, 0]);
  const sets = new Uint32Array(2 * WORDS);
  const bytes = { header: new Uint8Array(header.buffer), sets: new Uint8Array(sets.buffer) };
  checked(libc.capget(bytes.header, bytes.sets), 'capget', 'the thread');
  const kept = numbersKept(THREAD_CAPABILITIES[kind], permittedOf(sets));
  for (const word of [0, 1]) {
    const mask = maskOf(kept.filter((number) => Math.floor(number / WORD_BITS) === word));
    const at = word * WORDS;
    sets[at + EFFECTIVE] = mask;
    sets[at + PERMITTED] = mask;
    sets[at + INHERITABLE] = 0;
  }
  checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 'prctl', 'no new privileges');
  checked(libc.capset(bytes.header, bytes.sets), 'capset', `a thread (${kind})`);
}

function permittedOf(sets: Uint32Array): ReadonlySet<number> {
  const all = Array.from({ length: 2 * WORD_BITS }, (_, number) => number);
  const wordOf = (number: number): number => sets[Math.floor(number / WORD_BITS) * WORDS + PERMITTED];
  return new Set(all.filter((number) => ((wordOf(number) >>> (number % WORD_BITS)) & 1) === 1));
}

/** Pure. The wanted capabilities that the thread has. */
export function numbersKept(wanted: readonly Capability[], permitted: ReadonlySet<number>): number[] {
  const lacksBpf =
    wanted.includes('CAP_BPF') && !(permitted.has(NUMBERS.CAP_BPF) && permitted.has(NUMBERS.CAP_PERFMON));
  const kept: readonly Capability[] = lacksBpf ? [...wanted, 'CAP_SYS_ADMIN'] : wanted;
  return [...new Set(kept)].map((name) => NUMBERS[name]).filter((number) => permitted.has(number));
}

/** Bit mask of capabilities, as in /proc/PID/status. */
export function maskOfThread(names: readonly Capability[]): bigint {
  return names.reduce((mask, name) => mask | (1n << BigInt(NUMBERS[name])), 0n);
}

function maskOf(numbers: readonly number[]): number {
  return numbers.reduce((mask, number) => (mask | (1 << (number % WORD_BITS))) >>> 0, 0);
}

/** Names of those capabilities that this process does not have in effect. */
export function missingCapabilities(
  wanted: readonly Capability[],
  status: string = readFileSync('/proc/self/status', 'utf8'),
): Capability[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (effective === undefined) throw new Error('/proc/self/status has no line CapEff');
  const bits = BigInt(`0x${effective}`);
  return wanted.filter((name) => ((bits >> BigInt(NUMBERS[name])) & 1n) === 0n);
}
