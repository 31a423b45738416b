import { LARGEST_WITHOUT_DF } from '../translator/rfc7915/header-writer.ts';
import { CONTROL, FLOW, KEY6 } from './layout.ts';
import {
  AF_INET,
  ALONE,
  CONTEXT,
  DONT_FRAGMENT,
  ETHERNET,
  ETHERTYPE_IPV4,
  FIB,
  FIB_AT,
  FLOW_VALUE,
  HEADER,
  IPV4,
  IPV6,
  KEY,
  PACKET,
  PROTOCOL,
  SKB,
  STACK,
} from './program-layout.ts';
import type { ProgramSteps } from './program-steps.ts';

/** bpf_get_prandom_u32 (linux/bpf.h). */
const RANDOM = 7;

/** IPv6 → IPv4. Everything that can say no comes before the first change. */
export function from6(steps: ProgramSteps): void {
  const { a } = steps;
  const l4 = ETHERNET + IPV6;
  steps.reach(l4 + 8);
  a.load('u8', 'r2', PACKET, ETHERNET);
  a.compute('rsh', 'r2', 4);
  a.jumpIf('r2', '!=', 6, ALONE);
  a.load('u8', PROTOCOL, PACKET, ETHERNET + 6);
  steps.transport(l4);
  a.load('u8', 'r2', PACKET, ETHERNET + 7);
  a.jumpIf('r2', '<=', 1, ALONE);
  a.load('u16', 'r2', PACKET, ETHERNET + 4);
  a.swap(16, 'r2');
  a.jumpIf('r2', '==', 0, ALONE);
  a.compute('mov', 'r3', 'r2');
  a.compute('add', 'r3', l4);
  a.load('u32', 'r4', CONTEXT, SKB.len);
  a.jumpIf('r3', '!=', 'r4', ALONE);
  steps.udpLength(l4);

  a.copy('u32', 8, [STACK, KEY + KEY6.client], [PACKET, ETHERNET + 8], 'r3');
  steps.endKey(l4, KEY + KEY6.sourcePort, KEY + KEY6.protocol);
  steps.find(steps.maps.flows6, KEY);

  // The header of the IPv4 packet, and its size on the wire.
  a.load('u16', 'r2', PACKET, ETHERNET + 4);
  a.swap(16, 'r2');
  a.compute('add', 'r2', IPV4);
  a.jumpIf('r2', '>', 0xffff, ALONE);
  a.compute('mov', 'r1', 'r2');
  a.swap(16, 'r1');
  a.store('u16', STACK, HEADER + 2, 'r1');
  steps.segment(IPV4, l4);
  steps.control('u32', 'r3', CONTROL.largest4);
  a.jumpIf('r2', '>', 'r3', ALONE);
  steps.clearFib(AF_INET);
  a.store('u16', STACK, FIB + FIB_AT.length, 'r2');
  a.store('u8', STACK, HEADER, 0x45);
  a.store('u16', STACK, HEADER + 4, 0);
  a.store('u16', STACK, HEADER + 6, DONT_FRAGMENT);
  a.jumpIf('r2', '>', LARGEST_WITHOUT_DF, 'whole');
  a.call(RANDOM);
  a.store('u16', STACK, HEADER + 4, 'r0');
  a.store('u16', STACK, HEADER + 6, 0);
  a.label('whole');
  steps.control('u32', 'r2', CONTROL.tos);
  steps.control('u32', 'r3', CONTROL.copyTos);
  a.jumpIf('r3', '==', 0, 'tos');
  a.load('u16', 'r2', PACKET, ETHERNET);
  a.swap(16, 'r2');
  a.compute('rsh', 'r2', 4);
  a.compute('and', 'r2', 0xff);
  a.label('tos');
  a.store('u8', STACK, HEADER + 1, 'r2');
  a.store('u8', STACK, FIB + FIB_AT.tos, 'r2');
  a.load('u8', 'r2', PACKET, ETHERNET + 7);
  a.compute('sub', 'r2', 1);
  a.store('u8', STACK, HEADER + 8, 'r2');
  a.store('u8', STACK, HEADER + 9, PROTOCOL);
  a.store('u16', STACK, HEADER + 10, 0);
  for (const [at, field] of [
    [12, FLOW.source],
    [16, FLOW.destination],
  ] as const) {
    a.load('u32', 'r2', FLOW_VALUE, field);
    a.store('u32', STACK, HEADER + at, 'r2');
    a.store('u32', STACK, FIB + (field === FLOW.source ? FIB_AT.source : FIB_AT.destination), 'r2');
  }
  steps.sumOfHeader4(STACK, HEADER, 'r2', 'r3');
  a.compute('mov', 'r3', 0xffff);
  a.compute('sub', 'r3', 'r2');
  a.store('u16', STACK, HEADER + 10, 'r3');

  steps.route(ETHERTYPE_IPV4);
  steps.change(ETHERTYPE_IPV4, IPV4, 0);
  steps.sendOn(0);
}
