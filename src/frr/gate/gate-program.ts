import { Assembler } from '../../linux/bpf-assembler.ts';
import { KINDS, PEER_VALUE } from './gate-layout.ts';
import { loadBytes } from './packet-bytes.ts';

/*
 * BPF program at the egress of an interface:
 *
 *     IPv4 or IPv6? ─→ UDP to a port of BFD, or TCP from or to 179? ─→ to a peer of this gate, and of this kind?
 *         → not open, or the lease is over: stopped and counted; else it passes. Everything else passes.
 *
 * On Ethernet most packets pass after a check of protocol and ports at their usual offsets; candidates are parsed again
 * completely.
 */

// struct __sk_buff
const SKB_PROTOCOL = 16;
const SKB_DATA = 76;
const SKB_DATA_END = 80;
// linux/bpf.h: helpers
const MAP_LOOKUP = 1;
const MONOTONIC_NOW = 5;
/** tcx_action_base and TC_ACT_*: continue with the next program, or the stack; drop. */
export const PASSES = -1;
export const STOPPED = 2;

const ETHERTYPE_IPV4 = 0x0008;
const ETHERTYPE_IPV6 = 0xdd86;
const ETHERNET = 14;
const TCP = 6;
const UDP = 17;
const IPV4 = 20;
const IPV6 = 40;
/** RFC 5881 section 4 (control, echo), RFC 5883 section 5 (multihop). */
const BFD_PORTS = [3784, 3785, 4784];
const BGP_PORT = 179;

/** Stack: the parsed header, 44 bytes; the peer's key within or after it; the two ports. */
const HEADER = -48;
const KEY = -24;
const PORTS = -8;

export interface GateMaps {
  readonly peers: number;
  readonly lease: number;
}

/** @param ethernet frames have a MAC header of 14 bytes. @returns the instructions */
export function gateProgram({ peers, lease }: GateMaps, ethernet: boolean): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', 'r6', 'r1');
  a.load('u32', 'r2', 'r6', SKB_PROTOCOL);
  a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'ipv6');
  a.jumpIf('r2', '!=', ETHERTYPE_IPV4, 'passes');
  if (ethernet) passCommon(a, IPV4, 9, 'read4');
  read4(a);
  a.label('ipv6');
  if (ethernet) passCommon(a, IPV6, 6, 'read6');
  read6(a);
  a.label('kind');
  a.load('u16', 'r3', 'r10', PORTS);
  a.load('u16', 'r4', 'r10', PORTS + 2);
  a.swap(16, 'r3');
  a.swap(16, 'r4');
  a.jumpIf('r2', '==', UDP, 'udp');
  a.jumpIf('r2', '!=', TCP, 'passes');
  a.compute('mov', 'r8', KINDS.bgp);
  a.jumpIf('r3', '==', BGP_PORT, 'peer');
  a.jumpIf('r4', '==', BGP_PORT, 'peer');
  a.jump('passes');
  a.label('udp');
  a.compute('mov', 'r8', KINDS.bfd);
  for (const port of BFD_PORTS) a.jumpIf('r4', '==', port, 'peer');
  a.jump('passes');
  a.label('peer');
  a.map('r1', peers);
  a.compute('mov', 'r2', 'r10');
  a.compute('add', 'r2', KEY);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, 'passes');
  a.compute('mov', 'r7', 'r0');
  a.load('u32', 'r2', 'r7', PEER_VALUE.kinds);
  a.compute('and', 'r2', 'r8');
  a.jumpIf('r2', '==', 0, 'passes');
  a.load('u32', 'r2', 'r7', PEER_VALUE.open);
  a.jumpIf('r2', '==', 0, 'stopped');
  a.call(MONOTONIC_NOW);
  a.mapValue('r2', lease, 0);
  a.load('u64', 'r3', 'r2', 0);
  a.jumpIf('r0', '<', 'r3', 'passes');
  a.label('stopped');
  a.load('u64', 'r2', 'r7', PEER_VALUE.stopped);
  a.compute('add', 'r2', 1);
  a.store('u64', 'r7', PEER_VALUE.stopped, 'r2');
  a.compute('mov', 'r0', STOPPED);
  a.exit();
  a.label('passes');
  a.compute('mov', 'r0', PASSES);
  a.exit();
  return a.assemble();
}

/** Passes packets that are neither UDP nor TCP, or have other ports, by direct access to their first bytes. */
function passCommon(a: Assembler, header: number, protocolAt: number, read: string): void {
  a.load('u32', 'r3', 'r6', SKB_DATA);
  a.load('u32', 'r4', 'r6', SKB_DATA_END);
  a.compute('mov', 'r5', 'r3');
  a.compute('add', 'r5', ETHERNET + header + 4);
  a.jumpIf('r5', '>', 'r4', read);
  if (header === IPV4) {
    a.load('u8', 'r2', 'r3', ETHERNET);
    a.jumpIf('r2', '!=', 0x45, read);
  }
  a.load('u8', 'r2', 'r3', ETHERNET + protocolAt);
  a.load('u16', 'r4', 'r3', ETHERNET + header);
  a.load('u16', 'r5', 'r3', ETHERNET + header + 2);
  a.swap(16, 'r4');
  a.swap(16, 'r5');
  a.jumpIf('r2', '==', UDP, `${read} udp`);
  a.jumpIf('r2', '!=', TCP, 'passes');
  a.jumpIf('r4', '==', BGP_PORT, read);
  a.jumpIf('r5', '==', BGP_PORT, read);
  a.jump('passes');
  a.label(`${read} udp`);
  for (const port of BFD_PORTS) a.jumpIf('r5', '==', port, read);
  a.jump('passes');
  a.label(read);
}

/** Loads the protocol to r2, ports and key to the stack. */
function read4(a: Assembler): void {
  loadBytes(a, 0, HEADER, IPV4);
  // A non-zero offset: not the fragment with the ports.
  a.load('u16', 'r2', 'r10', HEADER + 6);
  a.swap(16, 'r2');
  a.compute('and', 'r2', 0x1fff);
  a.jumpIf('r2', '!=', 0, 'passes');
  a.load('u8', 'r7', 'r10', HEADER);
  a.compute('and', 'r7', 0x0f);
  a.compute('lsh', 'r7', 2);
  a.load('u8', 'r8', 'r10', HEADER + 9);
  a.load('u32', 'r9', 'r10', HEADER + 16);
  loadBytes(a, 'r7', PORTS, 4);
  a.store('u64', 'r10', KEY, 0);
  a.store('u16', 'r10', KEY + 8, 0);
  a.store('u16', 'r10', KEY + 10, 0xffff);
  a.store('u32', 'r10', KEY + 12, 'r9');
  a.compute('mov', 'r2', 'r8');
  a.jump('kind');
}

function read6(a: Assembler): void {
  // The destination is the end of the header, so the key begins at HEADER + 24.
  loadBytes(a, 0, HEADER, IPV6);
  a.load('u8', 'r8', 'r10', HEADER + 6);
  loadBytes(a, IPV6, PORTS, 4);
  a.compute('mov', 'r2', 'r8');
}
