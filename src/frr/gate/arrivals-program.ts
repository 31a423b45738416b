import { Assembler } from '../../linux/bpf-assembler.ts';
import { loadBytes } from './packet-bytes.ts';

/*
 * BPF program at the ingress of an interface while the node is withdrawn: it counts the packets for the node's prefixes
 * and passes everything.
 *
 * Prefixes: a longest-prefix trie whose key is a length in bits and an address of 16 bytes, IPv4 as ::ffff:a.b.c.d.
 * Count: one entry, 8 bytes.
 */
const SKB_PROTOCOL = 16;
const MAP_LOOKUP = 1;
const PASSES = -1;
const ETHERTYPE_IPV4 = 0x0008;
const ETHERTYPE_IPV6 = 0xdd86;
const DESTINATION4 = 16;
const DESTINATION6 = 24;
const ALL_BITS = 128;
/** Stack: the key. */
const KEY = -24;
const ADDRESS = KEY + 4;

export interface ArrivalMaps {
  readonly prefixes: number;
  readonly count: number;
}

/** @returns the instructions */
export function arrivalsProgram({ prefixes, count }: ArrivalMaps): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', 'r6', 'r1');
  a.store('u32', 'r10', KEY, ALL_BITS);
  a.load('u32', 'r2', 'r6', SKB_PROTOCOL);
  a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'ipv6');
  a.jumpIf('r2', '!=', ETHERTYPE_IPV4, 'passes');
  a.store('u32', 'r10', ADDRESS, 0);
  a.store('u32', 'r10', ADDRESS + 4, 0);
  a.store('u16', 'r10', ADDRESS + 8, 0);
  a.store('u16', 'r10', ADDRESS + 10, 0xffff);
  loadBytes(a, DESTINATION4, ADDRESS + 12, 4);
  a.jump('lookUp');
  a.label('ipv6');
  loadBytes(a, DESTINATION6, ADDRESS, 16);
  a.label('lookUp');
  a.map('r1', prefixes);
  a.compute('mov', 'r2', 'r10');
  a.compute('add', 'r2', KEY);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, 'passes');
  a.mapValue('r2', count, 0);
  a.load('u64', 'r3', 'r2', 0);
  a.compute('add', 'r3', 1);
  a.store('u64', 'r2', 0, 'r3');
  a.label('passes');
  a.compute('mov', 'r0', PASSES);
  a.exit();
  return a.assemble();
}
