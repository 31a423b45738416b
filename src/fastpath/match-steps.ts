import type { Register } from '../linux/bpf-assembler.ts';
import * as ip from '../net/ip-headers.ts';
import * as l4 from '../net/transport-headers.ts';
import { CONTROL } from './layout.ts';
import { CONTEXT, ETHERNET, ICMP_TYPE, PACKET, PROTOCOL, SKB, SMALLEST_TRANSPORT, STACK } from './program-layout.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';

/* Decides whether the fast path takes a packet. */

/** bpf_skb_change_tail (linux/bpf.h). */
const CHANGE_TAIL = 38;

interface EchoTypes {
  /** Types of the incoming ICMP version, and what they become. */
  readonly request: readonly [from: number, to: number];
  readonly reply: readonly [from: number, to: number];
}

/**
 * Accepts TCP, UDP and ICMP echo; for echo, the translated type is put on the stack. PROTOCOL becomes that of IPv4.
 * @param icmp the number of ICMP on the incoming side
 */
export function transport(steps: ProgramSteps, at: number, icmp: number, { request, reply }: EchoTypes): void {
  const { a } = steps;
  const done = steps.fresh();
  const isRequest = steps.fresh();
  const typed = steps.fresh();
  a.store('u32', STACK, ICMP_TYPE, 0);
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_TCP, done);
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_UDP, done);
  a.jumpIf(PROTOCOL, '!=', icmp, excluded('protocol'));
  a.load('u8', 'r2', PACKET, at + l4.ICMP_CODE);
  a.jumpIf('r2', '!=', 0, excluded('protocol'));
  a.load('u8', 'r2', PACKET, at);
  a.jumpIf('r2', '==', request[0], isRequest);
  a.jumpIf('r2', '!=', reply[0], excluded('protocol'));
  a.store('u32', STACK, ICMP_TYPE, reply[1]);
  a.jump(typed);
  a.label(isRequest);
  a.store('u32', STACK, ICMP_TYPE, request[1]);
  a.label(typed);
  a.compute('mov', PROTOCOL, ip.PROTOCOL_ICMP);
  a.label(done);
}

/** Accepts TCP without flags that need the session table, UDP with a checksum, and echo. */
export function plain(steps: ProgramSteps, at: number): void {
  const { a } = steps;
  const udp = steps.fresh();
  const done = steps.fresh();
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_UDP, udp);
  a.jumpIf(PROTOCOL, '!=', ip.PROTOCOL_TCP, done);
  steps.reach(at + l4.TCP_HEADER);
  a.load('u8', 'r2', PACKET, at + l4.TCP_FLAGS);
  steps.control('u32', 'r3', CONTROL.excludedFlags);
  a.jumpIf('r2', '&', 'r3', excluded('tcpFlags'));
  a.jump(done);
  a.label(udp);
  a.load('u16', 'r2', PACKET, at + l4.UDP_CHECKSUM);
  a.jumpIf('r2', '==', 0, excluded('zeroChecksum'));
  a.label(done);
}

/**
 * r2: number of bytes after the IP header. Must match the length of a UDP datagram, except for GSO, where it is that of
 * the whole; a TCP header must end within them.
 */
export function transportLength(steps: ProgramSteps, at: number): void {
  const { a } = steps;
  const tcp = steps.fresh();
  const done = steps.fresh();
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_TCP, tcp);
  a.jumpIf(PROTOCOL, '!=', ip.PROTOCOL_UDP, done);
  a.load('u16', 'r3', PACKET, at + l4.UDP_LENGTH);
  a.swap(16, 'r3');
  a.jumpIf('r3', '!=', 'r2', excluded('length'));
  a.jump(done);
  a.label(tcp);
  tcpHeaderLength(steps, 'r3', at);
  a.jumpIf('r3', '<', l4.TCP_HEADER, excluded('length'));
  a.jumpIf('r3', '>', 'r2', excluded('length'));
  a.label(done);
}

export function tcpHeaderLength({ a }: ProgramSteps, to: Register, at: number): void {
  a.load('u8', to, PACKET, at + l4.TCP_DATA_OFFSET);
  a.compute('rsh', to, 4);
  a.compute('lsh', to, 2);
}

/** r2: total length of an IPv4 packet; all of it must be present. Changes r3 and r4. */
export function totalLength4(steps: ProgramSteps): void {
  const { a } = steps;
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV4_TOTAL_LENGTH);
  a.swap(16, 'r2');
  a.jumpIf('r2', '<', ip.IPV4_HEADER + SMALLEST_TRANSPORT, excluded('length'));
  a.compute('mov', 'r3', 'r2');
  a.compute('add', 'r3', ETHERNET);
  a.load('u32', 'r4', CONTEXT, SKB.len);
  a.jumpIf('r3', '>', 'r4', excluded('length'));
}

/** Removes Ethernet padding after an IPv4 packet. */
export function trim(steps: ProgramSteps): void {
  const { a } = steps;
  const fits = steps.fresh();
  totalLength4(steps);
  a.jumpIf('r3', '==', 'r4', fits);
  a.load('u32', 'r5', CONTEXT, SKB.gsoSize);
  a.jumpIf('r5', '!=', 0, excluded('length'));
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', 'r3');
  a.compute('mov', 'r3', 0);
  a.call(CHANGE_TAIL);
  a.jumpIf('r0', '!=', 0, excluded('refused'));
  steps.reach(ETHERNET + ip.IPV4_HEADER + SMALLEST_TRANSPORT);
  a.jumpIf(PROTOCOL, '!=', ip.PROTOCOL_TCP, fits);
  steps.reach(ETHERNET + ip.IPV4_HEADER + l4.TCP_HEADER);
  a.label(fits);
}
