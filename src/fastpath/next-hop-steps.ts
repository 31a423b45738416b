import type { Register } from '../linux/bpf-assembler.ts';
import * as ip from '../net/ip-headers.ts';
import { UDP_HEADER } from '../net/transport-headers.ts';
import { CONTROL, FLOW, FLOW_HOP, HOP, HOP_BITS } from './layout.ts';
import { tcpHeaderLength } from './match-steps.ts';
import {
  AF_INET,
  CONTEXT,
  DSCP,
  ETHERTYPE,
  FIB,
  FIB_AT,
  FIB_SIZE,
  FLOW_VALUE,
  GENERATION,
  INDEX,
  MAC,
  OUT,
  PROTOCOL,
  SKB,
  SOURCE_MAC,
  STACK,
  WIRE,
} from './program-layout.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';

/* Finds the next hop of the translated packet: as cached in the flow, or from the kernel's routes. */

/** bpf_fib_lookup (linux/bpf.h), and its result for a packet that exceeds the route's MTU. */
const FIB_LOOKUP = 69;
const FRAGMENTATION_NEEDED = 8;
/** bpf_map_lookup_elem, bpf_get_smp_processor_id. */
const [MAP_LOOKUP, PROCESSOR] = [1, 8];
const GENERATION_16 = 0xffff;
const ECN_BITS = 2;
/** Position of the traffic class in the first word of an IPv6 header. */
const CLASS_SHIFT = 20;
/** 2^64 divided by the golden ratio, and another mixing constant: they distribute next hops over their places. */
const [GOLDEN, GOLDEN_LOW, MIXED] = [0x9e3779b9, 0x7f4a7c15, 0x2c1b3c6d];

/** r2: size of the whole packet → that of its largest segment, for GSO. Changes r1 and r3. */
export function segment(steps: ProgramSteps, ipHeader: number, at: number): void {
  const { a } = steps;
  const tcp = steps.fresh();
  const done = steps.fresh();
  a.load('u32', 'r3', CONTEXT, SKB.gsoSize);
  a.jumpIf('r3', '==', 0, done);
  a.compute('mov', 'r2', 'r3');
  a.compute('add', 'r2', ipHeader);
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_TCP, tcp);
  a.compute('add', 'r2', UDP_HEADER);
  a.jump(done);
  a.label(tcp);
  tcpHeaderLength(steps, 'r1', at);
  a.compute('add', 'r2', 'r1');
  a.label(done);
}

/**
 * Writes the MAC header of the translated packet, and its outgoing interface. WIRE and DSCP are set.
 * @param addresses writes the packet's addresses into the look-up's parameters
 */
export function nextHop(steps: ProgramSteps, family: number, etherType: number, addresses: () => void): void {
  const { a } = steps;
  const lookUp = steps.fresh();
  const known = steps.fresh();
  steps.control('u32', 'r2', CONTROL.generation);
  a.store('u32', STACK, GENERATION, 'r2');
  remembered(steps, lookUp);
  a.jump(known);
  a.label(lookUp);
  clearParameters(steps, family);
  addresses();
  a.compute('mov', 'r1', CONTEXT);
  steps.stackAddress('r2', FIB);
  a.compute('mov', 'r3', FIB_SIZE);
  a.compute('mov', 'r4', 0);
  a.call(FIB_LOOKUP);
  a.jumpIf('r0', '==', FRAGMENTATION_NEEDED, excluded('tooBig'));
  a.jumpIf('r0', '!=', 0, excluded('noRoute'));
  a.copy('u16', 3, [STACK, MAC], [STACK, FIB + FIB_AT.dmac], 'r2');
  a.copy('u16', 3, [STACK, MAC + SOURCE_MAC], [STACK, FIB + FIB_AT.smac], 'r2');
  a.copy('u32', 1, [STACK, OUT], [STACK, FIB + FIB_AT.interface], 'r2');
  remember(steps);
  a.label(known);
  a.store('u16', STACK, MAC + ETHERTYPE, etherType);
}

/**
 * Uses the flow's cached next hop. @param or label to continue at when it does not apply to this packet, or is outdated
 */
function remembered(steps: ProgramSteps, or: string): void {
  const { a } = steps;
  a.load('u64', 'r1', FLOW_VALUE, FLOW.hop);
  a.compute('mov', 'r3', 'r1');
  a.compute('rsh', 'r3', FLOW_HOP.indexBits + FLOW_HOP.largestBits);
  asked(steps, 'r2');
  a.jumpIf('r3', '!=', 'r2', or);
  a.compute('mov', 'r3', 'r1');
  a.compute('rsh', 'r3', FLOW_HOP.indexBits);
  a.compute('and', 'r3', ip.LARGEST_PACKET4);
  a.load('u32', 'r4', STACK, WIRE);
  a.jumpIf('r3', '<', 'r4', or);
  a.compute('and', 'r1', 2 ** FLOW_HOP.indexBits - 1);
  hopAt(steps, or);
  a.load('u32', 'r2', STACK, GENERATION);
  wordOf(steps, 'r3', 'r2');
  a.load('u64', 'r1', 'r0', HOP.of);
  a.jumpIf('r1', '!=', 'r3', or);
  a.load('u64', 'r1', 'r0', HOP.out);
  a.store('u32', STACK, OUT, 'r1');
  a.compute('rsh', 'r1', 32);
  a.jumpIf('r1', '!=', 'r2', or);
  a.compute('and', 'r2', GENERATION_16);
  for (const word of [HOP.to, HOP.from]) {
    a.load('u64', 'r1', 'r0', word);
    a.compute('mov', 'r3', 'r1');
    a.compute('rsh', 'r3', 48);
    a.jumpIf('r3', '!=', 'r2', or);
    if (word === HOP.to) {
      a.store('u32', STACK, MAC, 'r1');
      a.compute('rsh', 'r1', 32);
      a.store('u16', STACK, MAC + 4, 'r1');
    } else {
      a.store('u16', STACK, MAC + SOURCE_MAC, 'r1');
      a.compute('rsh', 'r1', 16);
      a.store('u32', STACK, MAC + SOURCE_MAC + 2, 'r1');
    }
  }
}

/** r0: next hop number r1. @param or label to continue at when there is none */
function hopAt(steps: ProgramSteps, or: string): void {
  const { a } = steps;
  a.store('u32', STACK, INDEX, 'r1');
  steps.stackAddress('r2', INDEX);
  a.map('r1', steps.maps.hops);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, or);
}

/** A generation → the generation and the DSCP, as at the end of the cached word. Changes r4. */
function asked({ a }: ProgramSteps, register: 'r2'): void {
  a.compute('and', register, 2 ** FLOW_HOP.generationBits - 1);
  a.compute('lsh', register, FLOW_HOP.dscpBits);
  a.load('u32', 'r4', STACK, DSCP);
  a.compute('rsh', 'r4', ECN_BITS);
  a.compute('or', register, 'r4');
}

/** to: the first word of a next hop, for packets like this one. */
function wordOf(steps: ProgramSteps, to: Register, generation: Register): void {
  const { a } = steps;
  incoming(steps, to);
  a.compute('lsh', to, 32);
  a.compute('or', to, generation);
}

/** to: the interface that the packet comes from in the slow path: the rules of both paths are the same. */
function incoming(steps: ProgramSteps, to: Register): void {
  const { a } = steps;
  const known = steps.fresh();
  steps.control('u32', to, CONTROL.incoming);
  a.jumpIf(to, '!=', 0, known);
  a.load('u32', to, CONTEXT, SKB.interface);
  a.label(known);
}

/**
 * Ports of the translated packet, for rules and the choice among several paths. An echo has none; a pair of addresses
 * has one next hop for all its ports.
 * @param source, destination offsets in the flow
 */
export function routePorts(steps: ProgramSteps, source: number, destination: number): void {
  const { a } = steps;
  if (steps.flows.kind === 'pair') return;
  const done = steps.fresh();
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_ICMP, done);
  a.copy('u16', 1, [STACK, FIB + FIB_AT.sourcePort], [FLOW_VALUE, source], 'r2');
  a.copy('u16', 1, [STACK, FIB + FIB_AT.destinationPort], [FLOW_VALUE, destination], 'r2');
  a.label(done);
}

/**
 * Caches the result of the look-up in the flow, if the size fits in 16 bits and this CPU's place for the next hop is
 * free or already holds it.
 */
function remember(steps: ProgramSteps): void {
  const { a } = steps;
  const done = steps.fresh();
  const known = steps.fresh();
  const fresh = steps.fresh();
  a.load('u32', 'r3', STACK, WIRE);
  a.jumpIf('r3', '>', ip.LARGEST_PACKET4, done);
  a.call(PROCESSOR);
  hopWords(steps);
  placeOfHop(steps);
  hopAt(steps, done);
  a.load('u64', 'r1', 'r0', HOP.of);
  steps.low32('r1');
  a.load('u32', 'r2', STACK, GENERATION);
  a.jumpIf('r1', '!=', 'r2', fresh);
  for (const word of Object.values(HOP)) {
    a.load('u64', 'r1', 'r0', word);
    a.load('u64', 'r2', STACK, FIB + word);
    a.jumpIf('r1', '!=', 'r2', done);
  }
  a.jump(known);
  a.label(fresh);
  for (const word of [HOP.to, HOP.from, HOP.out, HOP.of]) {
    a.copy('u64', 1, ['r0', word], [STACK, FIB + word], 'r1');
  }
  a.label(known);
  a.load('u32', 'r2', STACK, GENERATION);
  asked(steps, 'r2');
  for (const [bits, at] of [
    [FLOW_HOP.largestBits, WIRE],
    [FLOW_HOP.indexBits, INDEX],
  ] as const) {
    a.compute('lsh', 'r2', bits);
    a.load('u32', 'r1', STACK, at);
    a.compute('or', 'r2', 'r1');
  }
  a.store('u64', FLOW_VALUE, FLOW.hop, 'r2');
  a.label(done);
}

/** Writes the next hop over the look-up's parameters. Changes r1 to r5. */
function hopWords(steps: ProgramSteps): void {
  const { a } = steps;
  a.load('u32', 'r5', STACK, GENERATION);
  wordOf(steps, 'r1', 'r5');
  a.store('u64', STACK, FIB + HOP.of, 'r1');
  for (const [word, at] of [
    [HOP.to, MAC],
    [HOP.from, MAC + SOURCE_MAC],
  ] as const) {
    a.compute('mov', 'r1', 'r5');
    for (const part of [4, 2, 0]) {
      a.compute('lsh', 'r1', 16);
      a.load('u16', 'r2', STACK, at + part);
      a.compute('or', 'r1', 'r2');
    }
    a.store('u64', STACK, FIB + word, 'r1');
  }
  a.load('u32', 'r1', STACK, OUT);
  a.compute('lsh', 'r5', 32);
  a.compute('or', 'r1', 'r5');
  a.store('u64', STACK, FIB + HOP.out, 'r1');
}

/** r0: this CPU's number → r1: index of its place for the next hop on the stack; independent of the generation. */
function placeOfHop({ a }: ProgramSteps): void {
  a.compute('lsh', 'r0', HOP_BITS);
  a.load('u32', 'r1', STACK, OUT);
  a.load('u32', 'r2', STACK, FIB + HOP.of + 4);
  a.compute('mul', 'r1', MIXED);
  a.compute('add', 'r1', 'r2');
  a.compute('mul', 'r1', MIXED);
  a.load('u64', 'r2', STACK, FIB + HOP.to);
  a.compute('lsh', 'r2', 16);
  a.compute('add', 'r1', 'r2');
  a.constant('r2', GOLDEN, GOLDEN_LOW);
  a.compute('mul', 'r1', 'r2');
  a.compute('rsh', 'r1', 64 - HOP_BITS);
  a.compute('or', 'r1', 'r0');
}

function clearParameters(steps: ProgramSteps, family: number): void {
  const { a } = steps;
  for (let at = 0; at < FIB_SIZE; at += 8) a.store('u64', STACK, FIB + at, 0);
  a.store('u8', STACK, FIB + FIB_AT.family, family);
  a.load('u32', 'r2', STACK, WIRE);
  a.store('u16', STACK, FIB + FIB_AT.length, 'r2');
  a.load('u32', 'r2', STACK, DSCP);
  if (family === AF_INET) a.store('u8', STACK, FIB + FIB_AT.tos, 'r2');
  else {
    a.compute('lsh', 'r2', CLASS_SHIFT);
    a.swap(32, 'r2');
    a.store('u32', STACK, FIB + FIB_AT.tos, 'r2');
  }
  a.store('u8', STACK, FIB + FIB_AT.protocol, PROTOCOL);
  incoming(steps, 'r3');
  a.store('u32', STACK, FIB + FIB_AT.interface, 'r3');
}
