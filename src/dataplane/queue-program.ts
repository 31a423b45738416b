import { Assembler, type Register } from '../linux/bpf-assembler.ts';
import { BpfMap, loadProgram } from '../linux/bpf.ts';
import { libc } from '../linux/libc.ts';
import type { Tun } from '../linux/tun.ts';
import { PROTOCOL_FRAGMENT, PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from '../net/ip-headers.ts';
import {
  HASH_END,
  HASH_STEP,
  type ShardedPorts,
  type ShardMap,
  SHIFT_END,
  SHIFT_STEP,
} from '../translator/nat64/ports/shard-map.ts';

/*
 * BPF program that selects the TUN queue of a packet (linux/if_tun.h, TUNSETSTEERINGEBPF): the shard according to
 * `ShardMap.of`, for all packets with headers at fixed offsets. All others (options, extension headers, IPv4 fragments,
 * truncated packets) go to queue 0, whose worker determines the shard.
 *
 *     version 6: TCP, UDP, fragment, ICMPv6 message → source; ICMPv6 error → destination of the quoted packet
 *                → mask → hash → modulo shards
 *     version 4: TCP, UDP → destination port; echo → identifier; error → source and port of the quoted packet
 *                → exception? else for each entry of pool4: protocol, address, port inside? → table
 *
 * Stack, from its end:   -48 packet's first bytes (40)   -64 key of an exception (8)
 */
export const LICENSE = 'Dual MIT/GPL';
const MAP_LOOKUP = 1;
const LOAD_BYTES = 26;
const EXCEPTION_KEY_SIZE = 8;
/** Size of one table; the kernel's limit for a map value bounds the number of tables. */
const PORTS = 65_536;
const MAX_TABLES = 32;

export const CONTEXT: Register = 'r6';
const ADDRESS: Register = 'r7';
const PORT: Register = 'r8';
const PROTOCOL: Register = 'r9';
export const STACK: Register = 'r10';
export const PACKET = -48;
const KEY = -64;

interface SteeringMaps {
  readonly tables: number;
  /** Undefined: none. */
  readonly exceptions: number | undefined;
}

/**
 * Loads the program for a shard map and attaches it to a TUN. The kernel keeps it while the device exists.
 * @throws BpfError, SystemCallError
 */
export function steerQueues(tun: Tun, shards: ShardMap): void {
  if (shards.tables.length > MAX_TABLES) {
    throw new RangeError(`pool4 has more than ${MAX_TABLES} different ranges of ports`);
  }
  const made: Array<{ close(): void }> = [];
  try {
    const tables = BpfMap.create({
      type: 'array',
      keySize: 4,
      valueSize: PORTS * shards.tables.length,
      entries: 1,
      name: 'isthmus_ports',
    });
    made.push(tables);
    const value = new Uint8Array(tables.value.buffer);
    for (const [index, table] of shards.tables.entries()) value.set(table, index * PORTS);
    if (!tables.put()) throw new RangeError('the kernel does not take the table of ports');
    const exceptions = exceptionsOf(shards);
    if (exceptions !== undefined) made.push(exceptions);
    const program = queueProgram(shards, { tables: tables.fd, exceptions: exceptions?.fd });
    const fd = loadProgram('socketFilter', program, LICENSE, 'isthmus_queue');
    made.push({ close: () => libc.close(fd) });
    tun.steer(fd);
  } finally {
    // The device holds a reference to the program, and the program to the maps.
    for (const part of made.toReversed()) part.close();
  }
}

function exceptionsOf({ exceptions }: ShardMap): BpfMap | undefined {
  if (exceptions.length === 0) return undefined;
  const entries = exceptions.length;
  const map = BpfMap.create({
    type: 'hash',
    keySize: EXCEPTION_KEY_SIZE,
    valueSize: 4,
    entries,
    name: 'isthmus_static',
  });
  for (const { protocol, address, port, shard } of exceptions) {
    map.key.setUint32(0, address, true);
    map.key.setUint16(4, port, true);
    map.key.setUint16(6, protocol, true);
    map.value.setUint32(0, shard, true);
    if (!map.put()) {
      map.close();
      throw new RangeError('the kernel does not take the static entries');
    }
  }
  return map;
}

/** @returns the instructions, for these maps */
export function queueProgram(shards: ShardMap, maps: SteeringMaps): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', CONTEXT, 'r1');
  loadPacket(a, 0, PACKET, 20);
  a.load('u8', 'r2', STACK, PACKET);
  a.compute('mov', 'r3', 'r2');
  a.compute('rsh', 'r3', 4);
  a.jumpIf('r3', '==', 6, 'six');
  a.jumpIf('r2', '==', 0x45, 'four');
  a.label('undecided');
  a.compute('mov', 'r0', 0);
  a.exit();
  a.label('six');
  six(a, shards);
  a.label('four');
  four(a);
  a.label('port');
  ports(a, shards, maps);
  return a.assemble();
}

/** Copies bytes of the packet to the stack; a packet that is too short goes to queue 0. */
export function loadPacket(a: Assembler, offset: number, to: number, bytes: number): void {
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', offset);
  a.compute('mov', 'r3', STACK);
  a.compute('add', 'r3', to);
  a.compute('mov', 'r4', bytes);
  a.call(LOAD_BYTES);
  a.jumpIf('r0', '!=', 0, 'undecided');
}

function six(a: Assembler, { clients }: ShardMap): void {
  a.load('u8', PROTOCOL, STACK, PACKET + 6);
  for (const plain of [PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_FRAGMENT]) a.jumpIf(PROTOCOL, '==', plain, 'source');
  a.jumpIf(PROTOCOL, '!=', PROTOCOL_ICMPV6, 'undecided');
  loadPacket(a, 40, PACKET, 1);
  a.load('u8', 'r2', STACK, PACKET);
  a.jumpIf('r2', '>=', 128, 'source');
  loadPacket(a, 40 + 8 + 24, PACKET, 16);
  a.jump('hash');
  a.label('source');
  loadPacket(a, 8, PACKET, 16);
  a.label('hash');
  a.compute('mov', 'r2', 0);
  for (const [index, mask] of clients.masks.entries()) {
    if (index > 0 && mask === 0) continue;
    a.load('u32', 'r3', STACK, PACKET + 4 * index);
    a.swap(32, 'r3');
    a.compute('and', 'r3', mask);
    a.compute('xor', 'r2', 'r3');
    mix(a, HASH_STEP, SHIFT_STEP);
  }
  mix(a, HASH_END, SHIFT_END);
  a.compute('mod', 'r2', clients.count);
  a.compute('mov', 'r0', 'r2');
  a.exit();
}

/** r2 = r2 × factor, then r2 ^ r2 >> shift, in 32 bits; changes r3. */
export function mix(a: Assembler, factor: number, shift: number): void {
  a.compute('mul', 'r2', factor);
  a.compute('lsh', 'r2', 32);
  a.compute('rsh', 'r2', 32);
  a.compute('mov', 'r3', 'r2');
  a.compute('rsh', 'r3', shift);
  a.compute('xor', 'r2', 'r3');
}

/** Finds address, port and protocol, and continues at `port`. */
function four(a: Assembler): void {
  notFragment(a, PACKET + 6, 0x3fff);
  a.load('u8', PROTOCOL, STACK, PACKET + 9);
  a.load('u32', ADDRESS, STACK, PACKET + 16);
  a.swap(32, ADDRESS);
  for (const plain of [PROTOCOL_TCP, PROTOCOL_UDP]) a.jumpIf(PROTOCOL, '==', plain, 'destination port');
  a.jumpIf(PROTOCOL, '!=', PROTOCOL_ICMP, 'undecided');
  loadPacket(a, 20, PACKET, 8);
  a.load('u8', 'r2', STACK, PACKET);
  for (const echo of [0, 8]) a.jumpIf('r2', '==', echo, 'identifier');
  for (const error of [3, 11, 12]) a.jumpIf('r2', '==', error, 'error');
  a.jump('undecided');

  a.label('error');
  loadPacket(a, 28, PACKET, 28);
  a.load('u8', 'r2', STACK, PACKET);
  a.jumpIf('r2', '!=', 0x45, 'undecided');
  notFragment(a, PACKET + 6, 0x1fff);
  a.load('u8', PROTOCOL, STACK, PACKET + 9);
  a.load('u32', ADDRESS, STACK, PACKET + 12);
  a.swap(32, ADDRESS);
  a.load('u16', PORT, STACK, PACKET + 20);
  for (const plain of [PROTOCOL_TCP, PROTOCOL_UDP]) a.jumpIf(PROTOCOL, '==', plain, 'swap');
  a.jumpIf(PROTOCOL, '!=', PROTOCOL_ICMP, 'undecided');
  a.load('u8', 'r2', STACK, PACKET + 20);
  a.load('u16', PORT, STACK, PACKET + 24);
  for (const echo of [0, 8]) a.jumpIf('r2', '==', echo, 'swap');
  a.jump('undecided');

  a.label('identifier');
  a.load('u16', PORT, STACK, PACKET + 4);
  a.jump('swap');
  a.label('destination port');
  loadPacket(a, 22, PACKET, 2);
  a.load('u16', PORT, STACK, PACKET);
  a.label('swap');
  a.swap(16, PORT);
}

/** @param at the flags and offset of an IPv4 header on the stack; `bits` of them must be clear */
function notFragment(a: Assembler, at: number, bits: number): void {
  a.load('u16', 'r2', STACK, at);
  a.swap(16, 'r2');
  a.jumpIf('r2', '&', bits, 'undecided');
}

function ports(a: Assembler, { pools }: ShardMap, { tables, exceptions }: SteeringMaps): void {
  if (exceptions !== undefined) {
    a.store('u32', STACK, KEY, ADDRESS);
    a.store('u16', STACK, KEY + 4, PORT);
    a.store('u16', STACK, KEY + 6, PROTOCOL);
    a.map('r1', exceptions);
    a.compute('mov', 'r2', STACK);
    a.compute('add', 'r2', KEY);
    a.call(MAP_LOOKUP);
    a.jumpIf('r0', '==', 0, 'pools');
    a.load('u32', 'r0', 'r0', 0);
    a.exit();
    a.label('pools');
  }
  for (const [index, pool] of pools.entries()) onePool(a, pool, `pool ${index}`, tables);
  a.jump('undecided');
}

function onePool(a: Assembler, pool: ShardedPorts, name: string, tables: number): void {
  const next = `after ${name}`;
  for (const protocol of pool.protocols) a.jumpIf(PROTOCOL, '==', protocol, name);
  a.jump(next);
  a.label(name);
  a.compute('mov', 'r2', ADDRESS);
  compare(a, 'r2', pool.address);
  a.jumpIf('r2', '>=', pool.addresses, next);
  a.jumpIf(PORT, '<', pool.first, next);
  a.jumpIf(PORT, '>', pool.last, next);
  a.mapValue('r1', tables, pool.table * PORTS);
  a.compute('mov', 'r2', PORT);
  // Bounds the value for the verifier.
  a.compute('and', 'r2', PORTS - 1);
  a.compute('add', 'r1', 'r2');
  a.load('u8', 'r0', 'r1', 0);
  a.exit();
  a.label(next);
}

/** register = register − address, as unsigned numbers of 64 bits: huge where the address is larger. */
function compare(a: Assembler, register: Register, address: number): void {
  a.compute('mov', 'r3', address | 0);
  a.compute('lsh', 'r3', 32);
  a.compute('rsh', 'r3', 32);
  a.compute('sub', register, 'r3');
}
