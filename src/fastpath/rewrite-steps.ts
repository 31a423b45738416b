import type { Register } from '../linux/bpf-assembler.ts';
import * as ip from '../net/ip-headers.ts';
import * as l4 from '../net/transport-headers.ts';
import { stillThere } from './find-steps.ts';
import { type Count, countAt, FLOW, PAIR, SEEN_SHIFT } from './layout.ts';
import {
  CONTEXT,
  DATA_DELTA,
  ETHERNET,
  FLOW_VALUE,
  HEADER,
  ICMP_TYPE,
  INDEX,
  KEY,
  MAC,
  NOW,
  OUT,
  PACKET,
  PROTOCOL,
  PSEUDO_DELTA,
  SKB,
  SMALLEST_TRANSPORT,
  STACK,
} from './program-layout.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';

/* Writes the translated packet. `change` is the point of no return: if it fails later, the packet is dropped. */

// linux/bpf.h: helpers
const MAP_LOOKUP = 1;
const STORE_BYTES = 9;
const L4_CHECKSUM_REPLACE = 11;
const REDIRECT = 23;
const CHANGE_PROTOCOL = 31;
const CHECKSUM_UPDATE = 40;
/** -ENOTSUPP: the packet has no CHECKSUM_COMPLETE sum. */
const NO_SUM = -524;
const RECOMPUTE_CHECKSUM = 0x1;
const PSEUDO_HEADER = 0x10;
const MARK_MANGLED_ZERO = 0x20;
const LARGEST_32 = -1;

/** The sum of an IPv4 header's words, folded to 16 bits. */
export function sumOfHeader4({ a }: ProgramSteps, base: Register, at: number, sum: Register, by: Register): void {
  a.load('u32', sum, base, at);
  for (let offset = 4; offset < ip.IPV4_HEADER; offset += 4) {
    a.load('u32', by, base, at + offset);
    a.compute('add', sum, by);
  }
  for (const bits of [32, 16, 16, 16]) {
    a.compute('mov', by, sum);
    a.compute('rsh', by, bits);
    if (bits === 32) {
      a.compute('lsh', sum, 32);
      a.compute('rsh', sum, 32);
    } else a.compute('and', sum, 0xffff);
    a.compute('add', sum, by);
  }
}

/**
 * Puts the checksum deltas on the stack: that of the pseudo-header, which also applies to a partial checksum, and that
 * of the transport header. r2: the length after the IP header, in network order. Changes r1 to r4.
 * @param length whether the length is added to or removed from the sum of an ICMP message, which has a pseudo-header in
 * IPv6 only
 * @param oldPort position of the changing port among the flow's
 */
export function deltas(steps: ProgramSteps, at: number, length: 'added' | 'removed', oldPort: 0 | 2): void {
  const { a } = steps;
  const echo = steps.fresh();
  const done = steps.fresh();
  const pair = steps.flows.kind === 'pair';
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_ICMP, echo);
  a.load('u16', 'r1', FLOW_VALUE, FLOW.delta);
  a.store('u32', STACK, PSEUDO_DELTA, 'r1');
  if (pair) a.store('u32', STACK, DATA_DELTA, 0);
  else {
    portDelta(steps, 'r3', oldPort);
    a.store('u32', STACK, DATA_DELTA, 'r3');
  }
  a.jump(done);
  a.label(echo);
  a.load('u16', 'r1', FLOW_VALUE, pair ? PAIR.echoDelta : FLOW.delta);
  if (length === 'removed') {
    complement(steps, 'r3', 'r2');
    addSum(steps, 'r1', 'r3');
  } else addSum(steps, 'r1', 'r2');
  a.store('u32', STACK, PSEUDO_DELTA, 'r1');
  // The type is in the low half of its word; the code is zero on both sides.
  a.load('u8', 'r2', PACKET, at);
  complement(steps, 'r3', 'r2');
  a.load('u32', 'r1', STACK, ICMP_TYPE);
  addSum(steps, 'r1', 'r3');
  if (!pair) {
    portDelta(steps, 'r3', oldPort);
    addSum(steps, 'r1', 'r3');
  }
  a.store('u32', STACK, DATA_DELTA, 'r1');
  a.label(done);
}

/** to: the new port minus the old one, in ones' complement; at most 17 bits. Changes r4. */
function portDelta({ a }: ProgramSteps, to: Register, oldPort: 0 | 2): void {
  a.load('u16', to, FLOW_VALUE, FLOW.newPort);
  a.load('u16', 'r4', FLOW_VALUE, FLOW.ports + oldPort);
  a.compute('xor', 'r4', 0xffff);
  a.compute('add', to, 'r4');
}

/** to = the complement of `of`, in 32 bits. */
function complement(steps: ProgramSteps, to: Register, of: Register): void {
  steps.a.compute('mov', to, LARGEST_32);
  steps.low32(to);
  steps.a.compute('sub', to, of);
}

/** sum += by, in 32 bits of ones' complement. Changes r4. */
function addSum(steps: ProgramSteps, sum: Register, by: Register): void {
  const { a } = steps;
  a.compute('add', sum, by);
  a.compute('mov', 'r4', sum);
  a.compute('rsh', 'r4', 32);
  steps.low32(sum);
  a.compute('add', sum, 'r4');
}

/**
 * Writes the translated packet. If the interface has computed CHECKSUM_COMPLETE, the kernel's sum must be updated, so
 * each change is a helper call; otherwise most bytes are written directly.
 * @param portAt offset of the changing port in the transport header
 */
export function change(steps: ProgramSteps, etherType: number, header: number, portAt: number): void {
  const { a } = steps;
  const summed = steps.fresh();
  const done = steps.fresh();
  stillThere(steps);
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', etherType);
  a.compute('mov', 'r3', 0);
  a.call(CHANGE_PROTOCOL);
  a.jumpIf('r0', '!=', 0, excluded('refused'));
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', 0);
  a.call(CHECKSUM_UPDATE);
  a.jumpIf('r0', '!=', NO_SUM, summed);
  writeAll(steps, header, portAt);
  a.jump(done);
  a.label(summed);
  // The header with its sum.
  steps.stackAddress('r3', HEADER);
  write(steps, ETHERNET, header, RECOMPUTE_CHECKSUM);
  steps.stackAddress('r3', MAC);
  write(steps, 0, ETHERNET, 0);
  changeTransport(steps, ETHERNET + header, portAt);
  a.label(done);
}

/** Ports and checksums, each by a helper call. */
function changeTransport(steps: ProgramSteps, at: number, portAt: number): void {
  const { a, flows } = steps;
  const udp = steps.fresh();
  const tcp = steps.fresh();
  const port = steps.fresh();
  const done = steps.fresh();
  const session = flows.kind === 'session';
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_UDP, udp);
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_TCP, tcp);
  checksum(steps, at + l4.ICMP_CHECKSUM, PSEUDO_DELTA, PSEUDO_HEADER);
  checksum(steps, at + l4.ICMP_CHECKSUM, DATA_DELTA, 0);
  steps.stackAddress('r3', ICMP_TYPE);
  write(steps, at, 1, 0);
  if (session) writePort(steps, at + l4.ICMP_IDENTIFIER);
  a.jump(done);
  a.label(udp);
  checksum(steps, at + l4.UDP_CHECKSUM, PSEUDO_DELTA, PSEUDO_HEADER | MARK_MANGLED_ZERO);
  if (session) checksum(steps, at + l4.UDP_CHECKSUM, DATA_DELTA, MARK_MANGLED_ZERO);
  a.jump(port);
  a.label(tcp);
  checksum(steps, at + l4.TCP_CHECKSUM, PSEUDO_DELTA, PSEUDO_HEADER);
  if (session) checksum(steps, at + l4.TCP_CHECKSUM, DATA_DELTA, 0);
  a.label(port);
  if (session) writePort(steps, at + portAt);
  a.label(done);
}

/** Both headers and the port by direct stores; checksums by as few helper calls as possible. */
function writeAll(steps: ProgramSteps, header: number, portAt: number): void {
  const { a, flows } = steps;
  const at = ETHERNET + header;
  const tcp = steps.fresh();
  const done = steps.fresh();
  again(steps, at + SMALLEST_TRANSPORT);
  if (header === ip.IPV6_HEADER) a.copy('u64', header / 8, [PACKET, ETHERNET], [STACK, HEADER], 'r1');
  else a.copy('u32', header / 4, [PACKET, ETHERNET], [STACK, HEADER], 'r1');
  a.copy('u16', ETHERNET / 2, [PACKET, 0], [STACK, MAC], 'r1');
  const echo = steps.fresh();
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_ICMP, echo);
  if (flows.kind === 'session') a.copy('u16', 1, [PACKET, at + portAt], [FLOW_VALUE, FLOW.newPort], 'r1');
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_TCP, tcp);
  checksums(steps, at + l4.UDP_CHECKSUM, MARK_MANGLED_ZERO);
  a.jump(done);
  a.label(tcp);
  again(steps, at + l4.TCP_HEADER);
  checksums(steps, at + l4.TCP_CHECKSUM, 0);
  a.jump(done);
  a.label(echo);
  a.copy('u8', 1, [PACKET, at], [STACK, ICMP_TYPE], 'r1');
  if (flows.kind === 'session') {
    a.copy('u16', 1, [PACKET, at + l4.ICMP_IDENTIFIER], [FLOW_VALUE, FLOW.newPort], 'r1');
  }
  checksum(steps, at + l4.ICMP_CHECKSUM, PSEUDO_DELTA, PSEUDO_HEADER);
  checksum(steps, at + l4.ICMP_CHECKSUM, DATA_DELTA, 0);
  a.label(done);
}

/** Reloads the packet pointer after a helper call; the length was checked before. */
function again({ a }: ProgramSteps, bytes: number): void {
  a.load('u32', PACKET, CONTEXT, SKB.data);
  a.load('u32', 'r2', CONTEXT, SKB.dataEnd);
  a.compute('mov', 'r1', PACKET);
  a.compute('add', 'r1', bytes);
  a.jumpIf('r1', '>', 'r2', 'broken');
}

/**
 * Updates the TCP or UDP checksum at `at`. Only the kernel knows whether it is partial: with both deltas in one call it
 * changes a complete one and leaves a partial one unchanged, which then gets the delta of the pseudo-header alone. If
 * both deltas cancel out, the two cases cannot be distinguished: they are applied one by one.
 */
function checksums(steps: ProgramSteps, at: number, flags: number): void {
  const { a, flows } = steps;
  if (flows.kind === 'pair') return checksum(steps, at, PSEUDO_DELTA, PSEUDO_HEADER | flags);
  const apart = steps.fresh();
  const done = steps.fresh();
  a.load('u32', 'r4', STACK, PSEUDO_DELTA);
  a.load('u32', 'r1', STACK, DATA_DELTA);
  a.compute('add', 'r4', 'r1');
  for (const nothing of [0, 0xffff, 2 * 0xffff]) a.jumpIf('r4', '==', nothing, apart);
  a.copy('u16', 1, [STACK, INDEX], [PACKET, at], 'r1');
  replace(steps, at, flags);
  again(steps, at + 2);
  a.load('u16', 'r1', PACKET, at);
  a.load('u16', 'r2', STACK, INDEX);
  a.jumpIf('r1', '!=', 'r2', done);
  checksum(steps, at, PSEUDO_DELTA, PSEUDO_HEADER | flags);
  a.jump(done);
  a.label(apart);
  checksum(steps, at, PSEUDO_DELTA, PSEUDO_HEADER | flags);
  checksum(steps, at, DATA_DELTA, flags);
  a.label(done);
}

function checksum(steps: ProgramSteps, at: number, delta: number, flags: number): void {
  steps.a.load('u32', 'r4', STACK, delta);
  replace(steps, at, flags);
}

/** r4: the delta. */
function replace({ a }: ProgramSteps, at: number, flags: number): void {
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', at);
  a.compute('mov', 'r3', 0);
  a.compute('mov', 'r5', flags);
  a.call(L4_CHECKSUM_REPLACE);
  a.jumpIf('r0', '!=', 0, 'broken');
}

function writePort(steps: ProgramSteps, at: number): void {
  steps.a.compute('mov', 'r3', FLOW_VALUE);
  steps.a.compute('add', 'r3', FLOW.newPort);
  write(steps, at, 2, 0);
}

/** Writes the bytes at r3 into the packet. */
function write({ a }: ProgramSteps, at: number, bytes: number, flags: number): void {
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', at);
  a.compute('mov', 'r4', bytes);
  a.compute('mov', 'r5', flags);
  a.call(STORE_BYTES);
  a.jumpIf('r0', '!=', 0, 'broken');
}

/** Counts the packet and redirects it to its next hop. @param grown growth of its IP header, bytes */
export function sendOn(steps: ProgramSteps, packets: Count, bytes: Count, grown: number): void {
  const { a } = steps;
  const counted = steps.fresh();
  const fresh = steps.fresh();
  // Written only on change: otherwise CPUs that share a flow would contend for its cache line with every packet.
  a.load('u64', 'r1', STACK, NOW);
  a.compute('rsh', 'r1', SEEN_SHIFT);
  steps.low32('r1');
  a.load('u32', 'r2', FLOW_VALUE, FLOW.lastSeen);
  a.jumpIf('r1', '==', 'r2', fresh);
  a.store('u32', FLOW_VALUE, FLOW.lastSeen, 'r1');
  a.label(fresh);
  a.compute('mov', 'r1', 1);
  a.addTo('u64', FLOW_VALUE, FLOW.packets, 'r1');
  a.load('u32', 'r1', CONTEXT, SKB.len);
  a.compute('sub', 'r1', ETHERNET + grown);
  a.addTo('u64', FLOW_VALUE, FLOW.bytes, 'r1');
  counts(steps, counted);
  a.load('u64', 'r1', 'r0', countAt(packets));
  a.compute('add', 'r1', 1);
  a.store('u64', 'r0', countAt(packets), 'r1');
  a.load('u32', 'r1', CONTEXT, SKB.len);
  a.load('u64', 'r2', 'r0', countAt(bytes));
  a.compute('add', 'r2', 'r1');
  a.store('u64', 'r0', countAt(bytes), 'r2');
  a.label(counted);
  a.load('u32', 'r1', STACK, OUT);
  a.compute('mov', 'r2', 0);
  a.call(REDIRECT);
  a.exit();
}

/** r0: this CPU's counters. @param or label to continue at when there are none */
export function counts(steps: ProgramSteps, or: string): void {
  const { a } = steps;
  a.store('u32', STACK, KEY, 0);
  steps.stackAddress('r2', KEY);
  a.map('r1', steps.maps.counts);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, or);
}
