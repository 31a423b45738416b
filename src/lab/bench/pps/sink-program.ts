import { Assembler, type Register } from '../../../linux/bpf-assembler.ts';
import { type Family, MAGIC, PAYLOAD, transportAt, UDP_HEADER } from './test-packets.ts';

/*
 * BPF program at an interface's ingress or egress that counts the generator's packets, optionally records the source
 * port of each flow, and drops them. Everything else passes.
 */
const MAP_LOOKUP = 1;
const LOAD_BYTES = 26;
/** struct __sk_buff (linux/bpf.h) */
const SKB = { len: 0, protocol: 16, gsoSize: 176 } as const;
/** tcx_action_base: continue with the next program, or the stack; drop. */
const NEXT = -1;
const DROP = 2;
/** EtherTypes as read by a little-endian machine. */
const ETHERTYPE_IPV4 = 0x0008;
const ETHERTYPE_IPV6 = 0xdd86;
const LAST_FLOW = 65_535;

const PACKET: Register = 'r6';
const BYTES_BEFORE: Register = 'r7';
const DATAGRAMS: Register = 'r8';
const PORT: Register = 'r9';
/** Stack: the UDP header and the beginning of the payload, 20 bytes, and a map key. */
const READ = -24;
const READ_SIZE = 20;
const KEY = -28;
const PAYLOAD_READ = READ + UDP_HEADER;

export const SINK_ENTRIES = LAST_FLOW + 1;

export interface SinkMaps {
  /** Per CPU, one value of 8 bytes: number of datagrams. */
  readonly count: number;
  /** By flow, 4 bytes: the port in network order, then 1. */
  readonly ports: number;
}

/** @returns the instructions (BPF_PROG_TYPE_SCHED_CLS) */
export function sinkProgram({ count, ports }: SinkMaps, learns: boolean): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', PACKET, 'r1');
  a.load('u32', 'r2', PACKET, SKB.protocol);
  a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'ipv6');
  a.jumpIf('r2', '!=', ETHERTYPE_IPV4, 'passes');
  read(a, 4);
  a.jump('read');
  a.label('ipv6');
  read(a, 6);
  a.label('read');
  a.jumpIf('r0', '!=', 0, 'passes');
  a.load('u32', 'r2', 'r10', PAYLOAD_READ + PAYLOAD.magic);
  a.jumpIf('r2', '!=', MAGIC, 'passes');
  countDatagrams(a);
  add(a, count);
  if (learns) learn(a, ports);
  a.compute('mov', 'r0', DROP);
  a.exit();
  a.label('passes');
  a.compute('mov', 'r0', NEXT);
  a.exit();
  return a.assemble();
}

function read(a: Assembler, family: Family): void {
  a.compute('mov', BYTES_BEFORE, transportAt(family) + UDP_HEADER);
  a.compute('mov', 'r1', PACKET);
  a.compute('mov', 'r2', transportAt(family));
  a.compute('mov', 'r3', 'r10');
  a.compute('add', 'r3', READ);
  a.compute('mov', 'r4', READ_SIZE);
  a.call(LOAD_BYTES);
}

/** GSO packets count as the number of their segments; the kernel does not fill gso_segs for those of a TUN. */
function countDatagrams(a: Assembler): void {
  a.compute('mov', DATAGRAMS, 1);
  a.load('u32', 'r2', PACKET, SKB.gsoSize);
  a.jumpIf('r2', '==', 0, 'counted');
  a.load('u32', DATAGRAMS, PACKET, SKB.len);
  a.compute('sub', DATAGRAMS, BYTES_BEFORE);
  a.compute('add', DATAGRAMS, 'r2');
  a.compute('sub', DATAGRAMS, 1);
  a.compute('div', DATAGRAMS, 'r2');
  a.label('counted');
}

function add(a: Assembler, count: number): void {
  a.store('u32', 'r10', KEY, 0);
  lookUp(a, count);
  a.jumpIf('r0', '==', 0, 'passes');
  a.load('u64', 'r2', 'r0', 0);
  a.compute('add', 'r2', DATAGRAMS);
  a.store('u64', 'r0', 0, 'r2');
}

function learn(a: Assembler, ports: number): void {
  a.load('u16', PORT, 'r10', READ);
  a.load('u32', 'r2', 'r10', PAYLOAD_READ + PAYLOAD.flow);
  a.store('u32', 'r10', KEY, 'r2');
  lookUp(a, ports);
  a.jumpIf('r0', '==', 0, 'learnt');
  a.store('u16', 'r0', 0, PORT);
  a.store('u16', 'r0', 2, 1);
  a.label('learnt');
}

function lookUp(a: Assembler, map: number): void {
  a.map('r1', map);
  a.compute('mov', 'r2', 'r10');
  a.compute('add', 'r2', KEY);
  a.call(MAP_LOOKUP);
}
