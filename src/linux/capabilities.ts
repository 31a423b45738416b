import { readFileSync } from 'node:fs';
import { checked, libc } from './libc.ts';

/** The kernel's numbers (linux/capability.h). */
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

/** What BPF takes. `CAP_SYS_ADMIN` stands for both others where a unit older than this program does not give them. */
const BPF = ['CAP_BPF', 'CAP_PERFMON', 'CAP_NET_ADMIN'] as const;

/**
 * What each thread retains once it has opened what it works with. A thread that the main one starts begins with that
 * one's capabilities, so the main thread has all that any of them needs at its start, also after a reload. Why:
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
    // The unit gives neither: an agent that is started by hand gives its sockets to groups that it is not in, and may
    // have an HTTP port below 1024.
    'CAP_CHOWN',
    'CAP_NET_BIND_SERVICE',
  ],
  /** It opens its device again when somebody deletes it. */
  worker: BPF,
  /** The fast path of a worker is attached to interfaces that come later. */
  interfaces: BPF,
  /** Before TCX (Linux 6.6) a program that was killed leaves its filters, which are recognized by their maps. */
  interfacesBeforeTcx: [...BPF, 'CAP_SYS_ADMIN'],
  /** It renews the lease of the gates, and the guard begins with what it has. */
  keeper: ['CAP_BPF', 'CAP_DAC_OVERRIDE', 'CAP_SYS_NICE', 'CAP_SYS_PTRACE', 'CAP_KILL'],
  namespaceView: ['CAP_NET_RAW'],
  /** Files may belong to other users. */
  files: ['CAP_DAC_OVERRIDE', 'CAP_CHOWN'],
  http: [],
  /** It closes the device that it has opened. */
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
 * Takes from the calling thread, and no other, what its kind does not need, for as long as it lives: Linux keeps
 * capabilities for each thread (capabilities(7)). Programs that it starts get no more than it has.
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

/** Pure. Of what is wanted, what the thread has. */
export function numbersKept(wanted: readonly Capability[], permitted: ReadonlySet<number>): number[] {
  const lacksBpf =
    wanted.includes('CAP_BPF') && !(permitted.has(NUMBERS.CAP_BPF) && permitted.has(NUMBERS.CAP_PERFMON));
  const kept: readonly Capability[] = lacksBpf ? [...wanted, 'CAP_SYS_ADMIN'] : wanted;
  return [...new Set(kept)].map((name) => NUMBERS[name]).filter((number) => permitted.has(number));
}

/** The bits of capabilities, as /proc/PID/status has them. */
export function maskOfThread(names: readonly Capability[]): bigint {
  return names.reduce((mask, name) => mask | (1n << BigInt(NUMBERS[name])), 0n);
}

function maskOf(numbers: readonly number[]): number {
  return numbers.reduce((mask, number) => (mask | (1 << (number % WORD_BITS))) >>> 0, 0);
}

/** Those of the capabilities that this process does not have in effect, by name. */
export function missingCapabilities(
  wanted: readonly Capability[],
  status: string = readFileSync('/proc/self/status', 'utf8'),
): Capability[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (effective === undefined) throw new Error('/proc/self/status has no line CapEff');
  const bits = BigInt(`0x${effective}`);
  return wanted.filter((name) => ((bits >> BigInt(NUMBERS[name])) & 1n) === 0n);
}
