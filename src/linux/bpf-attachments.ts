import { Attributes, BpfMap, type BpfMapOptions } from './bpf.ts';
import { ClsactFilters } from './clsact.ts';
import { addressOf, checked, errno, libc, SystemCallError } from './libc.ts';

/*
 * Programs that remain attached to an interface after their process has ended: attached by bpf(2) without a link (TCX,
 * Linux 6.6), or by a traffic control filter on kernels without TCX. They are found by querying the interface. All
 * calls refer to the thread's current network namespace.
 */
const PROGRAM_ATTACH = 8;
const PROGRAM_DETACH = 9;
const PROGRAM_TEST_RUN = 10;
const PROGRAM_FD_BY_ID = 13;
const MAP_FD_BY_ID = 14;
const INFO_BY_FD = 15;
const QUERY = 16;

const DIRECTIONS = { ingress: 46, egress: 47 } as const;
export type Direction = keyof typeof DIRECTIONS;
/** The loopback interface of every network namespace. */
const LOOPBACK = 1;
const BEFORE = 8;

/** Maximum number of programs per interface and direction (kernel/bpf/mprog.c). */
const MAX_PROGRAMS = 64;
const MAX_MAPS = 64;
/** struct bpf_prog_info and bpf_map_info (linux/bpf.h), as far as they are used here. */
const INFO_SIZE = 88;
const PROGRAM_INFO = { id: 4, mapCount: 52, maps: 56, name: 64 } as const;
const MAP_INFO = { valueSize: 12, name: 24 } as const;
const NAME_SIZE = 16;
const LITTLE_ENDIAN = true;
const ENOENT = 2;
const EINVAL = 22;

export interface AttachedProgram {
  readonly id: number;
  /** At most 15 characters. */
  readonly name: string;
  /** Ids of the maps that it uses. */
  readonly maps: readonly number[];
}

/** Attachment method: TCX, or a filter at the `clsact` qdisc, which every supported kernel has. */
export type TrafficHook = 'tcx' | 'clsact';

/** For tests: forces the method, whatever the kernel supports. */
const FORCED = 'ISTHMUS_TRAFFIC_HOOK';

let hook: TrafficHook | undefined;

/** The method of this kernel: one without TCX rejects its attach types. */
export function trafficHook(): TrafficHook {
  const forced = process.env[FORCED];
  if (forced === 'tcx' || forced === 'clsact') return forced;
  hook ??= queryTcx(LOOPBACK, 'ingress').call(QUERY) < 0 && errno() === EINVAL ? 'clsact' : 'tcx';
  return hook;
}

/** Attaches a program before all others. It stays until it is detached. @throws SystemCallError */
export function attachProgram(program: number, interfaceIndex: number, direction: Direction, name: string): void {
  if (trafficHook() === 'clsact') {
    return withFilters((filters) => filters.add(program, interfaceIndex, direction, 'first', name));
  }
  const attributes = new Attributes()
    .word(0, interfaceIndex)
    .word(4, program)
    .word(8, DIRECTIONS[direction])
    .word(12, BEFORE);
  checked(attributes.call(PROGRAM_ATTACH), 'bpf program attach', name);
}

/** Detaches exactly this program, if it is there. @throws SystemCallError */
export function detachProgram(program: number, interfaceIndex: number, direction: Direction, name: string): void {
  if (trafficHook() === 'clsact') {
    const id = programId(program);
    return withFilters((filters) => filters.remove(id, interfaceIndex, direction, name));
  }
  const attributes = new Attributes().word(0, interfaceIndex).word(4, program).word(8, DIRECTIONS[direction]);
  if (attributes.call(PROGRAM_DETACH) >= 0 || errno() === ENOENT) return;
  throw new SystemCallError('bpf program detach', name);
}

/** Programs attached to an interface, in order of execution. @throws SystemCallError when they cannot be queried */
export function attachedPrograms(interfaceIndex: number, direction: Direction): AttachedProgram[] {
  if (trafficHook() === 'clsact') {
    const found = withFilters((filters) => filters.list(interfaceIndex, direction));
    return found.flatMap(({ id }) => programOf(id) ?? []);
  }
  const ids = new Uint32Array(new ArrayBuffer(MAX_PROGRAMS * 4));
  const attributes = queryTcx(interfaceIndex, direction).pointer(16, ids.buffer).word(24, MAX_PROGRAMS);
  if (attributes.call(QUERY) < 0) {
    if (errno() === ENOENT) return []; // nothing was ever attached
    throw new SystemCallError('bpf query', `interface ${interfaceIndex}`);
  }
  return [...ids.subarray(0, attributes.wordAt(24))].flatMap((id) => programOf(id) ?? []);
}

function queryTcx(interfaceIndex: number, direction: Direction): Attributes {
  return new Attributes().word(0, interfaceIndex).word(4, DIRECTIONS[direction]);
}

function withFilters<T>(work: (filters: ClsactFilters) => T): T {
  const filters = new ClsactFilters();
  try {
    return work(filters);
  } finally {
    filters.close();
  }
}

/** The kernel's id of a program. @throws SystemCallError */
export function programId(program: number): number {
  const info = new DataView(new ArrayBuffer(INFO_SIZE));
  readInfo(program, info);
  return info.getUint32(PROGRAM_INFO.id, LITTLE_ENDIAN);
}

/** undefined: it no longer exists. */
export function programOf(id: number): AttachedProgram | undefined {
  const fd = openProgram(id);
  if (fd === undefined) return undefined;
  try {
    const maps = new Uint32Array(new ArrayBuffer(MAX_MAPS * 4));
    const info = new DataView(new ArrayBuffer(INFO_SIZE));
    info.setUint32(PROGRAM_INFO.mapCount, MAX_MAPS, LITTLE_ENDIAN);
    info.setBigUint64(PROGRAM_INFO.maps, BigInt(addressOf(maps.buffer)), LITTLE_ENDIAN);
    readInfo(fd, info);
    const count = Math.min(MAX_MAPS, info.getUint32(PROGRAM_INFO.mapCount, LITTLE_ENDIAN));
    return { id, name: nameIn(info, PROGRAM_INFO.name), maps: [...maps.subarray(0, count)] };
  } finally {
    libc.close(fd);
  }
}

/** @returns a descriptor, to be closed by the caller; undefined: it no longer exists */
export function openProgram(id: number): number | undefined {
  const fd = new Attributes().word(0, id).call(PROGRAM_FD_BY_ID);
  return fd < 0 ? undefined : fd;
}

/**
 * Opens a map of another process, perhaps of another version with values of another length.
 * @returns undefined: it no longer exists, or has another name
 */
export function openMap(id: number, options: BpfMapOptions): BpfMap | undefined {
  const fd = new Attributes().word(0, id).call(MAP_FD_BY_ID);
  if (fd < 0) return undefined;
  const info = new DataView(new ArrayBuffer(INFO_SIZE));
  readInfo(fd, info);
  if (nameIn(info, MAP_INFO.name) === options.name) {
    return BpfMap.of(fd, { ...options, valueSize: info.getUint32(MAP_INFO.valueSize, LITTLE_ENDIAN) });
  }
  libc.close(fd);
  return undefined;
}

export interface TestRun {
  /** Return value of the program. */
  readonly verdict: number;
  /** The packet after the run. */
  readonly packet: Uint8Array;
}

/** struct __sk_buff (linux/bpf.h), as far as test runs accept it. */
const CONTEXT_SIZE = 192;
const CONTEXT_GSO_SIZE = 176;
/** BPF_F_TEST_SKB_CHECKSUM_COMPLETE (Linux 6.10). */
const SUMMED = 4;
/** Maximum growth of a packet by the program. */
const GROWTH = 256;

/**
 * Runs a traffic program on one packet with its MAC header, without an interface.
 * @param gsoSize payload bytes per segment of a GSO packet; 0: not GSO
 * @param summed CHECKSUM_COMPLETE: the program must keep the sum correct (Linux 6.10)
 * @throws SystemCallError, also when the sum is wrong after the run
 */
export function runProgram(program: number, packet: Uint8Array, gsoSize = 0, summed = false): TestRun {
  const data = new Uint8Array(new ArrayBuffer(packet.length));
  data.set(packet);
  const out = new Uint8Array(new ArrayBuffer(packet.length + GROWTH));
  const context = new DataView(new ArrayBuffer(CONTEXT_SIZE));
  context.setUint32(CONTEXT_GSO_SIZE, gsoSize, LITTLE_ENDIAN);
  const attributes = new Attributes()
    .word(0, program)
    .word(8, data.length)
    .word(12, out.length)
    .pointer(16, data.buffer)
    .pointer(24, out.buffer)
    .word(32, 1)
    .word(40, CONTEXT_SIZE)
    .pointer(48, context.buffer)
    .word(64, summed ? SUMMED : 0);
  checked(attributes.call(PROGRAM_TEST_RUN), 'bpf test run', 'program');
  return { verdict: attributes.wordAt(4) | 0, packet: out.subarray(0, attributes.wordAt(12)) };
}

function readInfo(fd: number, info: DataView<ArrayBuffer>): void {
  const attributes = new Attributes().word(0, fd).word(4, info.byteLength).pointer(8, info.buffer);
  checked(attributes.call(INFO_BY_FD), 'bpf info', `descriptor ${fd}`);
}

function nameIn({ buffer }: DataView<ArrayBuffer>, at: number): string {
  const bytes = Buffer.from(buffer, at, NAME_SIZE);
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? NAME_SIZE : end);
}
