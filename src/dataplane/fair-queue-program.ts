import { randomInt } from 'node:crypto';
import { Assembler } from '../linux/bpf-assembler.ts';
import { loadProgram } from '../linux/bpf.ts';
import { libc } from '../linux/libc.ts';
import type { Tun } from '../linux/tun.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../net/ip-headers.ts';
import { HASH_END, HASH_STEP, SHIFT_END, SHIFT_STEP } from '../translator/nat64/ports/shard-map.ts';
import { CONTEXT, LICENSE, loadPacket, mix, PACKET, STACK } from './queue-program.ts';

/*
 * The program by which the kernel divides packets to the TUN among the queues that one worker reads in turn
 * (linux/if_tun.h, TUNSETSTEERINGEBPF):
 *
 *     made by this machine → queue 0: probes have it for themselves
 *     version 6            → hash of the client: the first bits of the source
 *     version 4            → TCP, UDP: hash of destination address and port, which stand for a client;
 *                            all else, fragments too: hash of source and destination address
 *     what is too short    → queue 0
 */

/** Queues of an instance with one worker: one for the machine itself, the others for clients. */
export const FAIR_QUEUES = 9;
/** Offset in struct __sk_buff (linux/bpf.h); 0 where the packet came by no interface. */
const INGRESS_IFINDEX = 36;

export interface FairOptions {
  readonly queues: number;
  /** Bits of a source address that stand for a client; at most 64 count. */
  readonly clientBits: number;
  /** Packets of the machine itself go to queue 0. */
  readonly ownQueue: boolean;
  /** 32 bits that nobody outside knows, so that no one can aim at another one's queue. */
  readonly seed: number;
}

/**
 * Loads the program and puts it to a TUN, which keeps it. Without it the kernel divides packets by their flow.
 * @throws BpfError, SystemCallError
 */
export function divideFairly(tun: Tun, clientBits: number): void {
  const options = { queues: FAIR_QUEUES, clientBits, ownQueue: true, seed: randomInt(2 ** 31) };
  const fd = loadProgram('socketFilter', fairProgram(options), LICENSE, 'isthmus_fair');
  try {
    tun.steer(fd);
  } finally {
    libc.close(fd); // the device holds it
  }
}

/** @returns the instructions */
export function fairProgram({ queues, clientBits, ownQueue, seed }: FairOptions): ArrayBuffer {
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
  a.load('u32', 'r7', STACK, PACKET + 16);
  a.load('u32', 'r8', STACK, PACKET + 12);
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

  a.label('six');
  loadPacket(a, 8, PACKET, 8);
  a.load('u32', 'r7', STACK, PACKET);
  a.load('u32', 'r8', STACK, PACKET + 4);
  a.swap(32, 'r7');
  a.swap(32, 'r8');
  a.compute('and', 'r7', maskOf(clientBits));
  a.compute('and', 'r8', maskOf(clientBits - 32));

  a.label('hash');
  a.compute('mov', 'r2', seed);
  a.compute('xor', 'r2', 'r7');
  mix(a, HASH_STEP, SHIFT_STEP);
  a.compute('xor', 'r2', 'r8');
  mix(a, HASH_STEP, SHIFT_STEP);
  mix(a, HASH_END, SHIFT_END);
  a.compute('mod', 'r2', queues - 1);
  a.compute('add', 'r2', 1);
  a.compute('mov', 'r0', 'r2');
  a.exit();
  return a.assemble();
}

/** The first bits of a word of 32, as a signed number. */
function maskOf(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? -1 : -1 << (32 - bits);
}
