import type { Register } from '../linux/bpf-assembler.ts';
import * as ip from '../net/ip-headers.ts';
import * as l4 from '../net/transport-headers.ts';
import { extract } from './embedding-steps.ts';
import { MIX } from './flow-hash.ts';
import { type From, MARK_MASK, NUMBER_BITS, SLOTS } from './flow-table.ts';
import { CONTROL, FLOW, PAIR, PAIR_KEY4, PAIR_KEY6, WORD } from './layout.ts';
import {
  ETHERNET,
  FLOW_VALUE,
  FOUND_WORD,
  INDEX,
  KEY,
  MARK,
  PACKET,
  PROTOCOL,
  STACK,
  WANTED_WORD,
} from './program-layout.ts';
import { excluded, type ProgramSteps, type TableOfFlows } from './program-steps.ts';

/* Finds the flow of a packet: FLOW_VALUE. A packet without one is left unchanged. */

/** bpf_map_lookup_elem (linux/bpf.h); for arrays the verifier inlines it. */
const MAP_LOOKUP = 1;
const SOURCE6 = ETHERNET + ip.IPV6_SOURCE;
const DESTINATION6 = ETHERNET + ip.IPV6_DESTINATION;
const SOURCE4 = ETHERNET + ip.IPV4_SOURCE;
const DESTINATION4 = ETHERNET + ip.IPV4_DESTINATION;
const KIND_OF_WORD = 0xffff;
/** Key of a session, on the stack, in the layout of a flow. */
const [KEY_SERVER4, KEY_PORTS] = [KEY, KEY + 4];

type Place = readonly [base: Register, offset: number];

/** @param at offset of the transport header */
export function find6(steps: ProgramSteps, at: number): void {
  const { a, flows } = steps;
  if (flows.kind === 'pair') {
    a.copy('u64', 2, [STACK, KEY + PAIR_KEY6.client], [PACKET, SOURCE6], 'r3');
    a.copy('u64', 2, [STACK, KEY + PAIR_KEY6.server], [PACKET, DESTINATION6], 'r3');
    return findPair(steps, flows.fd6);
  }
  a.load('u64', 'r1', PACKET, DESTINATION6);
  a.swap(64, 'r1');
  a.load('u64', 'r2', PACKET, DESTINATION6 + 8);
  a.swap(64, 'r2');
  extract(steps, flows.pool6);
  a.swap(32, 'r3');
  a.store('u32', STACK, KEY_SERVER4, 'r3');
  ports(steps, at, 0);
  const client = [0, 4, 8, 12].map((offset): Place => [PACKET, SOURCE6 + offset]);
  hashed(steps, flows.flows6, [...client, [STACK, KEY_SERVER4], [STACK, KEY_PORTS]]);
  search(steps, flows.flows6, 'from6');
}

/** As `find6`. */
export function find4(steps: ProgramSteps, at: number): void {
  const { a, flows } = steps;
  if (flows.kind === 'pair') {
    a.copy('u32', 1, [STACK, KEY + PAIR_KEY4.server], [PACKET, SOURCE4], 'r3');
    a.copy('u32', 1, [STACK, KEY + PAIR_KEY4.pool4], [PACKET, DESTINATION4], 'r3');
    return findPair(steps, flows.fd4);
  }
  a.copy('u32', 1, [STACK, KEY_SERVER4], [PACKET, SOURCE4], 'r3');
  ports(steps, at, 2);
  hashed(steps, flows.flows4, [
    [PACKET, DESTINATION4],
    [STACK, KEY_SERVER4],
    [STACK, KEY_PORTS],
  ]);
  search(steps, flows.flows4, 'from4');
}

/** Leaves the packet unchanged if its flow has been removed meanwhile: the data read may be another flow's. */
export function stillThere({ a }: ProgramSteps): void {
  a.load('u32', 'r1', FLOW_VALUE, FLOW.word);
  a.load('u32', 'r2', STACK, FOUND_WORD);
  a.jumpIf('r1', '!=', 'r2', excluded('noFlow'));
}

/** The pair of the key on the stack, if it was entered under the current rules. */
function findPair(steps: ProgramSteps, map: number): void {
  const { a } = steps;
  steps.stackAddress('r2', KEY);
  a.map('r1', map);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, excluded('noFlow'));
  a.compute('mov', FLOW_VALUE, 'r0');
  steps.control('u32', 'r2', CONTROL.rules);
  a.load('u32', 'r1', FLOW_VALUE, PAIR.word);
  a.jumpIf('r1', '!=', 'r2', excluded('noFlow'));
  a.store('u32', STACK, FOUND_WORD, 'r1');
}

/** Both ports, or an echo's identifier in place of the client's port. @param identifier its position among them */
function ports(steps: ProgramSteps, at: number, identifier: 0 | 2): void {
  const { a } = steps;
  const echo = steps.fresh();
  const done = steps.fresh();
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_ICMP, echo);
  a.copy('u32', 1, [STACK, KEY_PORTS], [PACKET, at], 'r3');
  a.jump(done);
  a.label(echo);
  a.store('u32', STACK, KEY_PORTS, 0);
  a.copy('u16', 1, [STACK, KEY_PORTS + identifier], [PACKET, at + l4.ICMP_IDENTIFIER], 'r3');
  a.label(done);
}

/** FLOW_VALUE: the hash of these words and PROTOCOL, as computed by FlowHash. */
function hashed(steps: ProgramSteps, { hash }: TableOfFlows, words: readonly Place[]): void {
  const { a } = steps;
  const { numbers } = hash;
  a.constant(FLOW_VALUE, numbers[0], numbers[1]);
  const add = (index: number): void => {
    a.constant('r2', numbers[2 * index], numbers[2 * index + 1]);
    a.compute('mul', 'r1', 'r2');
    a.compute('add', FLOW_VALUE, 'r1');
  };
  for (const [index, [base, offset]] of words.entries()) {
    a.load('u32', 'r1', base, offset);
    add(index + 1);
  }
  a.compute('mov', 'r1', PROTOCOL);
  add(words.length + 1);
  a.compute('rsh', FLOW_VALUE, 32);
  a.compute('mov', 'r1', FLOW_VALUE);
  a.compute('rsh', 'r1', MIX.shift);
  a.compute('xor', FLOW_VALUE, 'r1');
  a.compute('mul', FLOW_VALUE, MIX.factor);
  steps.low32(FLOW_VALUE);
}

/** r0: entry r1 of an array; it exists. */
function entryOf(steps: ProgramSteps, map: number): void {
  const { a } = steps;
  a.store('u32', STACK, INDEX, 'r1');
  steps.stackAddress('r2', INDEX);
  a.map('r1', map);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, excluded('noFlow'));
}

/** FLOW_VALUE: a hash → the flow. Searches the slots of the bucket in order. */
function search(steps: ProgramSteps, { bits, fd, indexFd }: TableOfFlows, from: From): void {
  const { a } = steps;
  const found = steps.fresh();
  a.compute('mov', 'r1', PROTOCOL);
  a.compute('lsh', 'r1', WORD.protocolShift);
  a.compute('or', 'r1', WORD.inUse);
  a.store('u32', STACK, WANTED_WORD, 'r1');
  a.compute('mov', 'r1', FLOW_VALUE);
  a.compute('and', 'r1', MARK_MASK);
  a.store('u32', STACK, MARK, 'r1');
  a.compute('mov', 'r1', FLOW_VALUE);
  a.compute('rsh', 'r1', 32 - bits);
  entryOf(steps, indexFd);
  a.compute('mov', FLOW_VALUE, 'r0');
  for (let slot = 0; slot < SLOTS; slot++) {
    const next = slot === SLOTS - 1 ? excluded('noFlow') : steps.fresh();
    a.load('u32', 'r1', FLOW_VALUE, 4 * slot);
    a.jumpIf('r1', '==', 0, excluded('noFlow'));
    a.compute('mov', 'r2', 'r1');
    a.compute('rsh', 'r2', NUMBER_BITS);
    a.load('u32', 'r3', STACK, MARK);
    a.jumpIf('r2', '!=', 'r3', next);
    a.compute('and', 'r1', 2 ** NUMBER_BITS - 1);
    entryOf(steps, fd);
    compare(steps, from, next);
    a.jump(found);
    if (slot < SLOTS - 1) a.label(next);
  }
  a.label(found);
  a.compute('mov', FLOW_VALUE, 'r0');
}

/** Compares the flow at r0 with the key. @param next label to continue at when it differs */
function compare({ a }: ProgramSteps, from: From, next: string): void {
  a.load('u32', 'r1', 'r0', FLOW.word);
  a.store('u32', STACK, FOUND_WORD, 'r1');
  a.compute('and', 'r1', KIND_OF_WORD);
  a.load('u32', 'r2', STACK, WANTED_WORD);
  a.compute('xor', 'r1', 'r2');
  a.jumpIf('r1', '!=', 0, next);
  // r1 is zero; the data dependency keeps the processor from reading the rest of the flow before its word.
  a.compute('add', 'r0', 'r1');
  const same = (size: 'u32' | 'u64', at: number, [base, offset]: Place): void => {
    a.load(size, 'r1', 'r0', at);
    a.load(size, 'r2', base, offset);
    a.jumpIf('r1', '!=', 'r2', next);
  };
  same('u64', FLOW.server4, [STACK, KEY_SERVER4]);
  if (from === 'from4') return same('u32', FLOW.pool4, [PACKET, DESTINATION4]);
  same('u64', FLOW.client, [PACKET, SOURCE6]);
  same('u64', FLOW.client + 8, [PACKET, SOURCE6 + 8]);
}
