import { randomInt } from 'node:crypto';
import { Assembler } from '../linux/bpf-assembler.ts';
import { BpfMap, loadProgram } from '../linux/bpf.ts';
import { libc } from '../linux/libc.ts';
import type { Tun } from '../linux/tun.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../net/ip-headers.ts';
import { HASH_END, HASH_STEP, SHIFT_END, SHIFT_STEP } from '../translator/nat64/ports/shard-map.ts';
import { CONTEXT, LICENSE, loadPacket, mix, PACKET, STACK } from './queue-program.ts';

/*
 * BPF program that distributes packets to the TUN over the queues of one worker (linux/if_tun.h, TUNSETSTEERINGEBPF).
 * Each packet belongs to a client and to a larger network:
 *
 *     version 6            → the first bits of the source, and fewer of them
 *     version 4            → TCP, UDP: destination address and port, which stand for a client; all else, fragments too:
 *                            both addresses; the network is the /24 of the source
 *
 * It counts the packets of both, and in total, halved with each time window. Clients and networks with a large share
 * are busy for a while, and use other queues than quiet ones:
 *
 *     made by this machine → queue 0: probes have it for themselves
 *     client is busy       → one of the last queues, by the client
 *     network is busy      → one of the middle queues, by the network
 *     otherwise            → one of the first queues, by the client
 *     what is too short    → queue 0
 *
 * Stack, from its end: -48 packet's first bytes (20)   -56 network (8)
 */

/**
 * Queues of an instance with one worker: one for the machine itself, the others for clients. More queues cost the
 * worker time: when those known to have packets are empty, the kernel polls each.
 */
export const QUEUES = { own: 1, quiet: 4, busyNetworks: 2, busyClients: 2 } as const;
const FIRST = {
  quiet: QUEUES.own,
  busyNetworks: QUEUES.own + QUEUES.quiet,
  busyClients: QUEUES.own + QUEUES.quiet + QUEUES.busyNetworks,
} as const;
export const FAIR_QUEUES = FIRST.busyClients + QUEUES.busyClients;

/** Length of a window as a power of two, ns: 134 ms. */
const WINDOW_BITS = 27;
/**
 * Windows for which a client or network stays busy (2 s). Changing the queue may reorder packets, so it must be rare.
 */
const BUSY_WINDOWS = 16;
/** Busy threshold: a client with more than 1/8 of all packets, a network with more than 1/4 … */
const CLIENT_PART = 8;
const NETWORK_PART = 4;
/** … if there are at least this many: half of that in a window is about 2,000 packets per second. */
const FEWEST = 512;

/** Hash table of counters. Each slot has window (4), packets (4), end of the busy time as a window (4), unused (4). */
const SLOT_BITS = 4;
const SLOT = 1 << SLOT_BITS;
const NETWORK_SLOTS = 256;
const CLIENT_SLOTS = 2048;
const NETWORKS_AT = SLOT;
const CLIENTS_AT = NETWORKS_AT + NETWORK_SLOTS * SLOT;
const [WINDOW, COUNT, UNTIL] = [0, 4, 8];

/** Offset in struct __sk_buff (linux/bpf.h); 0 for packets of the machine itself. */
const INGRESS_IFINDEX = 36;
/** bpf_ktime_get_ns (linux/bpf.h). */
const KTIME_NS = 5;
const NETWORK = -56;

export interface FairOptions {
  /** Prefix lengths that identify a client and its network; at most 64. */
  readonly clientBits: number;
  readonly networkBits: number;
  /** Packets of the machine itself go to queue 0. */
  readonly ownQueue: boolean;
  /** 32 secret bits, so that nobody can target another client's queue. */
  readonly seed: number;
}

/**
 * Loads the program and attaches it to a TUN, which keeps it. Without it the kernel distributes packets by flow.
 * @throws BpfError, SystemCallError
 */
export function divideFairly(tun: Tun, bits: Pick<FairOptions, 'clientBits' | 'networkBits'>): void {
  const counts = openCounts();
  try {
    const program = fairProgram({ ...bits, ownQueue: true, seed: randomInt(2 ** 31) }, counts.fd);
    const fd = loadProgram('socketFilter', program, LICENSE, 'isthmus_fair');
    try {
      tun.steer(fd);
    } finally {
      libc.close(fd); // the device holds a reference
    }
  } finally {
    counts.close(); // the program holds a reference
  }
}

/** Counter map of a program, all zero. @throws SystemCallError */
export function openCounts(): BpfMap {
  const valueSize = CLIENTS_AT + CLIENT_SLOTS * SLOT;
  return BpfMap.create({ type: 'array', keySize: 4, valueSize, entries: 1, name: 'isthmus_busy' });
}

/** @param counts of `openCounts`. @returns the instructions */
export function fairProgram({ clientBits, networkBits, ownQueue, seed }: FairOptions, counts: number): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', CONTEXT, 'r1');
  if (ownQueue) {
    a.load('u32', 'r2', CONTEXT, INGRESS_IFINDEX);
    a.jumpIf('r2', '==', 0, 'undecided');
  }
  loadPacket(a, 0, PACKET, 20);
  a.load('u8', 'r2', STACK, PACKET);
  a.compute('mov', 'r3', 'r2');
  a.compute('rsh', 'r3', 4);
  a.jumpIf('r3', '==', 6, 'six');
  a.jumpIf('r3', '==', 4, 'four');
  a.label('undecided');
  a.compute('mov', 'r0', 0);
  a.exit();
  a.label('four');
  four(a);
  a.label('six');
  six(a, clientBits, networkBits);
  a.label('hash');
  hash(a, seed);
  a.compute('mov', 'r9', 'r2');
  a.load('u32', 'r7', STACK, NETWORK);
  a.load('u32', 'r8', STACK, NETWORK + 4);
  hash(a, seed);
  a.compute('mov', 'r8', 'r2');
  choose(a, counts);
  return a.assemble();
}

/** Puts the client in r7 and r8 and its network on the stack, and continues at `hash`. */
function four(a: Assembler): void {
  a.load('u32', 'r7', STACK, PACKET + 16);
  a.load('u32', 'r8', STACK, PACKET + 12);
  a.compute('mov', 'r2', 'r8');
  a.swap(32, 'r2');
  a.compute('rsh', 'r2', 8);
  a.store('u32', STACK, NETWORK, 'r2');
  a.store('u32', STACK, NETWORK + 4, 4); // no IPv6 network has this value
  a.load('u8', 'r9', STACK, PACKET);
  a.jumpIf('r9', '!=', 0x45, 'hash');
  a.load('u16', 'r9', STACK, PACKET + 6);
  a.swap(16, 'r9');
  a.jumpIf('r9', '&', 0x3fff, 'hash');
  a.load('u8', 'r9', STACK, PACKET + 9);
  for (const protocol of [PROTOCOL_TCP, PROTOCOL_UDP]) a.jumpIf('r9', '==', protocol, 'port');
  a.jump('hash');
  a.label('port');
  loadPacket(a, 22, PACKET, 2);
  a.load('u16', 'r8', STACK, PACKET);
  a.jump('hash');
}

/** The same for IPv6. */
function six(a: Assembler, clientBits: number, networkBits: number): void {
  loadPacket(a, 8, PACKET, 8);
  for (const [index, word] of (['r7', 'r8'] as const).entries()) {
    a.load('u32', word, STACK, PACKET + 4 * index);
    a.swap(32, word);
    a.compute('mov', 'r2', word);
    a.compute('and', 'r2', maskOf(networkBits - 32 * index));
    a.store('u32', STACK, NETWORK + 4 * index, 'r2');
    a.compute('and', word, maskOf(clientBits - 32 * index));
  }
}

/** r2 = 32-bit hash of r7 and r8; changes r3. */
function hash(a: Assembler, seed: number): void {
  a.compute('mov', 'r2', seed);
  a.compute('xor', 'r2', 'r7');
  mix(a, HASH_STEP, SHIFT_STEP);
  a.compute('xor', 'r2', 'r8');
  mix(a, HASH_STEP, SHIFT_STEP);
  mix(a, HASH_END, SHIFT_END);
}

/** Counts the packet and selects its queue. r8: hash of the network; r9: hash of the client. */
function choose(a: Assembler, counts: number): void {
  a.call(KTIME_NS);
  a.compute('mov', 'r7', 'r0');
  a.compute('rsh', 'r7', WINDOW_BITS);
  a.mapValue('r1', counts, 0);
  count(a, 'all');
  a.compute('mov', 'r6', 'r3');
  slotOf(a, counts, { at: NETWORKS_AT, slots: NETWORK_SLOTS, hash: 'r8' });
  busy(a, 'network', NETWORK_PART);
  a.compute('mov', 'r0', 'r2'); // end of its busy time
  slotOf(a, counts, { at: CLIENTS_AT, slots: CLIENT_SLOTS, hash: 'r9' });
  busy(a, 'client', CLIENT_PART);
  a.compute('rsh', 'r9', 16); // other bits than those that selected the slot
  a.jumpIf('r2', '>', 'r7', 'busy client');
  a.jumpIf('r0', '>', 'r7', 'busy network');
  a.compute('mod', 'r9', QUEUES.quiet);
  a.compute('add', 'r9', FIRST.quiet);
  a.jump('queue');
  a.label('busy client');
  a.compute('mod', 'r9', QUEUES.busyClients);
  a.compute('add', 'r9', FIRST.busyClients);
  a.jump('queue');
  a.label('busy network');
  a.compute('rsh', 'r8', 16);
  a.compute('mod', 'r8', QUEUES.busyNetworks);
  a.compute('mov', 'r9', 'r8');
  a.compute('add', 'r9', FIRST.busyNetworks);
  a.label('queue');
  a.compute('mov', 'r0', 'r9');
  a.exit();
}

/** r1 = address of a slot; changes r2. */
function slotOf(a: Assembler, counts: number, of: { at: number; slots: number; hash: 'r8' | 'r9' }): void {
  a.mapValue('r1', counts, of.at);
  a.compute('mov', 'r2', of.hash);
  a.compute('and', 'r2', of.slots - 1);
  a.compute('lsh', 'r2', SLOT_BITS);
  a.compute('add', 'r1', 'r2');
}

/**
 * Counts a packet in the slot at r1; r7 is the current window. r3 = packets, halved with each past window. Changes r2,
 * r4. Concurrent CPUs may lose a count: these are estimates.
 */
function count(a: Assembler, name: string): void {
  a.load('u32', 'r2', 'r1', WINDOW);
  a.load('u32', 'r3', 'r1', COUNT);
  a.jumpIf('r2', '==', 'r7', `${name}: same window`);
  a.compute('mov', 'r4', 'r7');
  a.compute('sub', 'r4', 'r2');
  a.jumpIf('r4', '<', 32, `${name}: halve`);
  a.compute('mov', 'r4', 32);
  a.label(`${name}: halve`);
  a.compute('rsh', 'r3', 'r4');
  a.store('u32', 'r1', WINDOW, 'r7');
  a.label(`${name}: same window`);
  a.compute('add', 'r3', 1);
  a.store('u32', 'r1', COUNT, 'r3');
}

/** Counts as well, and r2 = the window until which the slot's owner is busy; r6: total packets. Changes r3, r4. */
function busy(a: Assembler, name: string, part: number): void {
  count(a, name);
  a.jumpIf('r6', '<', FEWEST, `${name}: as before`);
  a.compute('mul', 'r3', part);
  a.jumpIf('r3', '<=', 'r6', `${name}: as before`);
  a.compute('mov', 'r4', 'r7');
  a.compute('add', 'r4', BUSY_WINDOWS);
  a.store('u32', 'r1', UNTIL, 'r4');
  a.label(`${name}: as before`);
  a.load('u32', 'r2', 'r1', UNTIL);
}

/** Mask of the first bits of a 32-bit word, as a signed number. */
function maskOf(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? -1 : -1 << (32 - bits);
}
