/*
 * Becomes a program for which the kernel is a lesser one: bpf(2) is not there (ENOSYS), and a TUN takes no segments
 * (TUNSETOFFLOAD with any of them: EINVAL), by a filter of system calls (seccomp(2)) that its threads and children have
 * too. Usage: lesser-kernel-main.js PROGRAM ARGUMENT…
 */
import { arch } from 'node:os';
import koffi from 'koffi';

/** System calls by machine (asm/unistd.h). */
const CALLS = { x64: { bpf: 321, ioctl: 16 }, arm64: { bpf: 280, ioctl: 29 } };
const TUNSETOFFLOAD = 0x400454d0;
/** TUN_F_TSO4, TUN_F_TSO6, TUN_F_TSO_ECN, TUN_F_USO4, TUN_F_USO6. */
const SEGMENTS = 0x6e;
const [ENOSYS, EINVAL] = [38, 22];
/** struct seccomp_data on a little-endian machine: the call, and the low half of its second and third argument. */
const [CALL, SECOND, THIRD] = [0, 24, 32];
/** Instructions of classic BPF (linux/bpf_common.h), and what a filter returns (linux/seccomp.h). */
const [LOAD, IF_EQUAL, IF_BITS, RETURN] = [0x20, 0x15, 0x45, 0x06];
const [ALLOW, REFUSE] = [0x7fff_0000, 0x0005_0000];
const [PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER] = [38, 22, 2];
const F_SETFD = 2;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

function program(bpf: number, ioctl: number): ArrayBuffer {
  const instructions: readonly Instruction[] = [
    [LOAD, 0, 0, CALL],
    [IF_EQUAL, 7, 0, bpf],
    [IF_EQUAL, 0, 4, ioctl],
    [LOAD, 0, 0, SECOND],
    [IF_EQUAL, 0, 2, TUNSETOFFLOAD],
    [LOAD, 0, 0, THIRD],
    [IF_BITS, 1, 0, SEGMENTS],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE | EINVAL],
    [RETURN, 0, 0, REFUSE | ENOSYS],
  ];
  const view = new DataView(new ArrayBuffer(8 * instructions.length));
  for (const [index, [code, whenTrue, whenFalse, value]] of instructions.entries()) {
    view.setUint16(8 * index, code, true);
    view.setUint8(8 * index + 2, whenTrue);
    view.setUint8(8 * index + 3, whenFalse);
    view.setUint32(8 * index + 4, value, true);
  }
  return view.buffer;
}

const machine = arch();
if (machine !== 'x64' && machine !== 'arm64') throw new Error(`its system calls are not known here: ${machine}`);
const filter = program(CALLS[machine].bpf, CALLS[machine].ioctl);
const library = koffi.load('libc.so.6');
const prctl = library.func('int prctl(int option, ulong second, uintptr_t third, ulong fourth, ulong fifth)');
const fcntl = library.func('int fcntl(int descriptor, int command, int flags)');
const execvp = library.func('int execvp(const char *file, const char **arguments)');
/** struct sock_fprog: the number of instructions, and where they are. */
const described = new DataView(new ArrayBuffer(16));
described.setUint16(0, filter.byteLength / 8, true);
described.setBigUint64(8, koffi.address(new Uint8Array(filter)), true);
const [name = '', ...rest] = process.argv.slice(2);
for (const [option, second, third] of [
  [PR_SET_NO_NEW_PRIVS, 1, 0],
  [PR_SET_SECCOMP, SECCOMP_MODE_FILTER, koffi.address(new Uint8Array(described.buffer))],
]) {
  if (prctl(option, second, third, 0, 0) !== 0) throw new Error(`prctl ${option}: errno ${koffi.errno()}`);
}
// Node.js has marked its standard streams as its own (uv_disable_stdio_inheritance).
for (const descriptor of [0, 1, 2]) fcntl(descriptor, F_SETFD, 0);
execvp(name, [name, ...rest, null]);
throw new Error(`${name}: errno ${koffi.errno()}`);
