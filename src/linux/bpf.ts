import type { Code } from '../codes.ts';
import { readFileSync } from 'node:fs';
import { arch, constants, endianness } from 'node:os';
import { addressOf, checked, errno, libc, SystemCallError } from './libc.ts';

/*
 * Programs and maps of the kernel's virtual machine, by the plain system call (bpf(2), linux/bpf.h). Each call passes a
 * pointer to a union of attributes; `Attributes` is that union, made once for each map, so that a call on the way of
 * packets allocates nothing.
 */
const MAP_CREATE = 0;
const MAP_LOOKUP_ELEMENT = 1;
const MAP_UPDATE_ELEMENT = 2;
const MAP_DELETE_ELEMENT = 3;
const PROGRAM_LOAD = 5;
const INFO_BY_FD = 15;
const MAP_LOOKUP_AND_DELETE_ELEMENT = 21;

/** `prefixes`: the longest prefix of a key, which begins with its length in bits, is found (BPF_MAP_TYPE_LPM_TRIE). */
const MAP_TYPES = { hash: 1, array: 2, perCpuArray: 6, lruHash: 9, prefixes: 11 } as const;
/** Entries are allocated when they are made, and not all at once. */
const NO_PREALLOCATION = 1;
/** Of an array: its values can be mapped into the memory of a process (Linux 5.5). */
const MAPPABLE = 1 << 10;
/** What a program is for: it decides what it may read and call. */
const PROGRAM_TYPES = { socketFilter: 1, traffic: 3, xdp: 6 } as const;

const ATTRIBUTES_SIZE = 128;
/** struct bpf_map_info, as far as it is read. */
const MAP_INFO_SIZE = 80;
const MAP_INFO_ID = 4;
const NAME_SIZE = 16;
const { ENOENT } = constants.errno;
const INSTRUCTION_SIZE = 8;
const LOG_SIZE = 2 ** 20;
/** Lines of the verifier's log that an error shows: the last ones say what it did not like. */
const LOG_LINES = 4;

/** The number of bpf(2) on machines that are known (asm/unistd.h). */
const CALL_NUMBERS: Readonly<Record<string, number>> = { x64: 321, arm64: 280, riscv64: 280 };

/** The kernel has refused a program, or the machine has no such thing. */
export class BpfError extends Error {
  override readonly name = 'BpfError';
  readonly code: Code = 'fast-path-unavailable';
}

/** What a call reads and writes: it must not be collected before the call has returned. */
const inCall: { attributes?: Attributes | undefined } = {};

/** union bpf_attr, with the buffers whose addresses are in it. */
export class Attributes {
  readonly #memory = new ArrayBuffer(ATTRIBUTES_SIZE);
  readonly #bytes = new Uint8Array(this.#memory);
  readonly #words = new Uint32Array(this.#memory);
  readonly #address = addressOf(this.#memory);
  readonly #number: number;
  readonly #pointed = new Map<number, ArrayBufferLike>();

  constructor() {
    const number = CALL_NUMBERS[arch()];
    if (number === undefined || endianness() !== 'LE') throw new BpfError(`no bpf(2) is known for ${arch()}`);
    this.#number = number;
  }

  word(at: number, value: number): this {
    this.#words[at / 4] = value;
    return this;
  }

  /** The buffer lives as long as these attributes, or until another one is put there. */
  pointer(at: number, buffer: ArrayBufferLike): this {
    this.#pointed.set(at, buffer);
    const address = addressOf(buffer);
    return this.word(at, address >>> 0).word(at + 4, Math.floor(address / 0x1_0000_0000));
  }

  /** At most 15 bytes of it are kept: letters, digits, `_` and `.`. */
  text(at: number, value: string): this {
    this.#bytes.set(Buffer.from(value.replaceAll(/[^\w.]/g, '_')).subarray(0, NAME_SIZE - 1), at);
    return this;
  }

  /** What the kernel has written there. */
  wordAt(at: number): number {
    return this.#words[at / 4];
  }

  /** @returns what the call does: a descriptor, zero, or a negative number with `errno` set */
  call(command: number): number {
    inCall.attributes = this;
    const result = libc.bpf(this.#number, command, this.#address, ATTRIBUTES_SIZE);
    inCall.attributes = undefined;
    return result;
  }
}

export interface BpfMapOptions {
  readonly type: keyof typeof MAP_TYPES;
  /** Bytes. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly entries: number;
  readonly name: string;
  /** An array whose values a process can map into its memory. */
  readonly mappable?: boolean;
}

/**
 * A map: `key` and `value` are filled, then one of the calls is made. Numbers in them are in host order unless their
 * user says otherwise.
 */
export class BpfMap {
  readonly fd: number;
  readonly key: DataView;
  /** Of a map by CPU: one value after the other, each filled up to 8 bytes. */
  readonly value: DataView;
  readonly #element = new Attributes();

  private constructor(fd: number, { keySize, valueSize, type }: BpfMapOptions) {
    this.fd = fd;
    this.key = new DataView(new ArrayBuffer(keySize));
    const size = type === 'perCpuArray' ? Math.ceil(valueSize / 8) * 8 * possibleCpus() : valueSize;
    this.value = new DataView(new ArrayBuffer(size));
    this.#element.word(0, fd).pointer(8, this.key.buffer).pointer(16, this.value.buffer);
  }

  /** @throws SystemCallError, BpfError */
  static create(options: BpfMapOptions): BpfMap {
    const attributes = new Attributes()
      .word(0, MAP_TYPES[options.type])
      .word(4, options.keySize)
      .word(8, options.valueSize)
      .word(12, options.entries)
      .word(16, flagsOf(options))
      .text(28, options.name);
    return new BpfMap(checked(attributes.call(MAP_CREATE), 'bpf map create', options.name), options);
  }

  /** A map that somebody has made; the descriptor is closed with it. */
  static of(fd: number, options: BpfMapOptions): BpfMap {
    return new BpfMap(fd, options);
  }

  /** The number by which the kernel knows it, for as long as anything uses it. @throws SystemCallError */
  id(): number {
    const info = new ArrayBuffer(MAP_INFO_SIZE);
    const attributes = new Attributes().word(0, this.fd).word(4, MAP_INFO_SIZE).pointer(8, info);
    checked(attributes.call(INFO_BY_FD), 'bpf map info', `descriptor ${this.fd}`);
    return new DataView(info).getUint32(MAP_INFO_ID, true);
  }

  /** Writes `value` under `key`. @returns false: there is no room, or no memory */
  put(): boolean {
    return this.#element.call(MAP_UPDATE_ELEMENT) === 0;
  }

  /** Reads what is under `key` to `value`. @returns false: nothing */
  get(): boolean {
    return this.#element.call(MAP_LOOKUP_ELEMENT) === 0;
  }

  /** Removes what is under `key`. @returns false: there was nothing */
  remove(): boolean {
    return this.#element.call(MAP_DELETE_ELEMENT) === 0;
  }

  /** Reads what is under `key` to `value`, and removes it, in one step where the kernel can (5.14). @returns false: nothing */
  take(): boolean {
    if (this.#element.call(MAP_LOOKUP_AND_DELETE_ELEMENT) === 0) return true;
    if (errno() === ENOENT) return false;
    return this.get() && this.remove();
  }

  close(): void {
    libc.close(this.fd);
  }
}

function flagsOf({ type, mappable }: BpfMapOptions): number {
  const sparse = type === 'hash' || type === 'prefixes';
  return (sparse ? NO_PREALLOCATION : 0) | (mappable === true ? MAPPABLE : 0);
}

/**
 * Loads a program.
 * @param license as the kernel's modules have it: some helpers want one that is compatible with the GPL
 * @returns its descriptor
 * @throws BpfError with the end of the verifier's log
 */
export function loadProgram(
  type: keyof typeof PROGRAM_TYPES,
  instructions: ArrayBuffer,
  license: string,
  name: string,
): number {
  const licenseText = new Uint8Array(new ArrayBuffer(64));
  licenseText.set(Buffer.from(license));
  const attributes = new Attributes()
    .word(0, PROGRAM_TYPES[type])
    .word(4, instructions.byteLength / INSTRUCTION_SIZE)
    .pointer(8, instructions)
    .pointer(16, licenseText.buffer)
    .text(48, name);
  const fd = attributes.call(PROGRAM_LOAD);
  if (fd >= 0) return fd;
  const refusal = new SystemCallError('bpf program load', name);
  const log = new Uint8Array(new ArrayBuffer(LOG_SIZE));
  const again = attributes.word(24, 1).word(28, LOG_SIZE).pointer(32, log.buffer).call(PROGRAM_LOAD);
  if (again >= 0) return again;
  const lines = Buffer.from(log).toString('latin1', 0, log.indexOf(0)).trim().split('\n').slice(-LOG_LINES);
  throw new BpfError([refusal.message, ...lines].join('; '), { cause: refusal });
}

/** The number of an interface in the thread's network namespace, or 0 when there is none of this name. */
export function interfaceIndex(name: string): number {
  return libc.ifNameToIndex(name);
}

/** CPUs that the kernel keeps a value for, present or not. */
export function possibleCpus(): number {
  const ranges = readFileSync('/sys/devices/system/cpu/possible', 'utf8').trim();
  return Number(ranges.split(/[,-]/).at(-1)) + 1;
}
