import type { Code } from '../codes.ts';
import { readFileSync } from 'node:fs';
import { arch, constants, endianness } from 'node:os';
import { addressOf, checked, errno, libc, SystemCallError } from './libc.ts';

/*
 * eBPF programs and maps through the plain system call (bpf(2), linux/bpf.h). Each call passes a pointer to a union of
 * attributes; `Attributes` is that union, allocated once per map, so that calls on the packet path allocate nothing.
 */
const MAP_CREATE = 0;
const MAP_LOOKUP_ELEMENT = 1;
const MAP_UPDATE_ELEMENT = 2;
const MAP_DELETE_ELEMENT = 3;
const PROGRAM_LOAD = 5;
const INFO_BY_FD = 15;
const MAP_LOOKUP_AND_DELETE_ELEMENT = 21;

/** `prefixes`: longest-prefix match on keys that begin with their length in bits (BPF_MAP_TYPE_LPM_TRIE). */
const MAP_TYPES = { hash: 1, array: 2, perCpuArray: 6, lruHash: 9, prefixes: 11 } as const;
/** Entries are allocated on demand instead of at creation. */
const NO_PREALLOCATION = 1;
/** Array values can be mapped into the memory of a process (Linux 5.5). */
const MAPPABLE = 1 << 10;
/** Program types, which determine what a program may read and call. */
const PROGRAM_TYPES = { socketFilter: 1, traffic: 3, xdp: 6 } as const;

const ATTRIBUTES_SIZE = 128;
/** struct bpf_map_info, as far as it is used. */
const MAP_INFO_SIZE = 80;
const MAP_INFO_ID = 4;
const NAME_SIZE = 16;
const { ENOENT } = constants.errno;
const INSTRUCTION_SIZE = 8;
const LOG_SIZE = 2 ** 20;
/** Number of lines of the verifier's log in an error message, from the end, where the reason is. */
const LOG_LINES = 4;

/** System call number of bpf(2) by architecture (asm/unistd.h). */
const CALL_NUMBERS: Readonly<Record<string, number>> = { x64: 321, arm64: 280, riscv64: 280 };

/** The kernel rejected a program, or has no eBPF. */
export class BpfError extends Error {
  override readonly name = 'BpfError';
  readonly code: Code = 'fast-path-unavailable';
}

/** Keeps the buffers of a call from being garbage-collected before it returns. */
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

  /** The buffer is kept alive with these attributes, or until it is replaced. */
  pointer(at: number, buffer: ArrayBufferLike): this {
    this.#pointed.set(at, buffer);
    const address = addressOf(buffer);
    return this.word(at, address >>> 0).word(at + 4, Math.floor(address / 0x1_0000_0000));
  }

  /** Truncated to 15 bytes: letters, digits, `_` and `.`. */
  text(at: number, value: string): this {
    this.#bytes.set(Buffer.from(value.replaceAll(/[^\w.]/g, '_')).subarray(0, NAME_SIZE - 1), at);
    return this;
  }

  /** A word written by the kernel. */
  wordAt(at: number): number {
    return this.#words[at / 4];
  }

  /** @returns the result of the call: a descriptor, zero, or a negative number with `errno` set */
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
  /** An array whose values a process can map. */
  readonly mappable?: boolean;
}

/**
 * A map: set `key` and `value`, then make one of the calls. Numbers in them are in host order unless their user defines
 * otherwise.
 */
export class BpfMap {
  readonly fd: number;
  readonly key: DataView;
  /** For per-CPU maps: consecutive values, each padded to 8 bytes. */
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

  /** Wraps an existing map; the descriptor is closed with it. */
  static of(fd: number, options: BpfMapOptions): BpfMap {
    return new BpfMap(fd, options);
  }

  /** The kernel's id of the map. @throws SystemCallError */
  id(): number {
    const info = new ArrayBuffer(MAP_INFO_SIZE);
    const attributes = new Attributes().word(0, this.fd).word(4, MAP_INFO_SIZE).pointer(8, info);
    checked(attributes.call(INFO_BY_FD), 'bpf map info', `descriptor ${this.fd}`);
    return new DataView(info).getUint32(MAP_INFO_ID, true);
  }

  /** Stores `value` under `key`. @returns false: the map is full, or there is no memory */
  put(): boolean {
    return this.#element.call(MAP_UPDATE_ELEMENT) === 0;
  }

  /** Reads the entry of `key` into `value`. @returns false: there is none */
  get(): boolean {
    return this.#element.call(MAP_LOOKUP_ELEMENT) === 0;
  }

  /** Removes the entry of `key`. @returns false: there was none */
  remove(): boolean {
    return this.#element.call(MAP_DELETE_ELEMENT) === 0;
  }

  /**
   * Reads the entry of `key` into `value` and removes it, atomically where the kernel can (5.14). @returns false: none
   */
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
 * @param license as in kernel modules: some helpers require a GPL-compatible one
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

/** Index of an interface in the thread's network namespace; 0: there is none of this name. */
export function interfaceIndex(name: string): number {
  return libc.ifNameToIndex(name);
}

/** CPUs for which the kernel stores values, present or not. */
export function possibleCpus(): number {
  const ranges = readFileSync('/sys/devices/system/cpu/possible', 'utf8').trim();
  return Number(ranges.split(/[,-]/).at(-1)) + 1;
}
