import { CONTROL, FLOW, KEY4 } from './layout.ts';
import {
  AF_INET6,
  ALONE,
  DONT_FRAGMENT,
  ETHERNET,
  ETHERTYPE_IPV6,
  FIB,
  FIB_AT,
  FLOW_VALUE,
  FRAGMENT_BITS,
  HEADER,
  IPV4,
  IPV6,
  KEY,
  PACKET,
  PROTOCOL,
  STACK,
} from './program-layout.ts';
import type { ProgramSteps } from './program-steps.ts';

/** IPv4 → IPv6. */
export function from4(steps: ProgramSteps): void {
  const { a } = steps;
  const l4 = ETHERNET + IPV4;
  steps.reach(l4 + 8);
  steps.trim();
  a.load('u8', 'r2', PACKET, ETHERNET);
  a.jumpIf('r2', '!=', 0x45, ALONE);
  a.load('u16', 'r2', PACKET, ETHERNET + 6);
  a.jumpIf('r2', '&', FRAGMENT_BITS, ALONE);
  a.load('u8', PROTOCOL, PACKET, ETHERNET + 9);
  steps.transport(l4);
  a.load('u8', 'r2', PACKET, ETHERNET + 8);
  a.jumpIf('r2', '<=', 1, ALONE);
  steps.sumOfHeader4(PACKET, ETHERNET, 'r2', 'r3');
  a.jumpIf('r2', '!=', 0xffff, ALONE);
  a.load('u16', 'r2', PACKET, ETHERNET + 2);
  a.swap(16, 'r2');
  a.compute('sub', 'r2', IPV4);
  steps.udpLength(l4);

  a.copy('u32', 1, [STACK, KEY + KEY4.pool4], [PACKET, ETHERNET + 16], 'r3');
  a.copy('u32', 1, [STACK, KEY + KEY4.server], [PACKET, ETHERNET + 12], 'r3');
  steps.endKey(l4, KEY + KEY4.sourcePort, KEY + KEY4.protocol);
  steps.find(steps.maps.flows4, KEY);

  // The header of the IPv6 packet, and its size on the wire.
  a.load('u16', 'r2', PACKET, ETHERNET + 2);
  a.swap(16, 'r2');
  a.compute('sub', 'r2', IPV4);
  a.compute('mov', 'r1', 'r2');
  a.swap(16, 'r1');
  a.store('u16', STACK, HEADER + 4, 'r1');
  a.compute('add', 'r2', IPV6);
  steps.segment(IPV6, l4);
  steps.control('u32', 'r3', CONTROL.largest6);
  a.load('u16', 'r1', PACKET, ETHERNET + 6);
  a.jumpIf('r1', '&', DONT_FRAGMENT, 'limit');
  steps.control('u32', 'r3', CONTROL.largest6Cut);
  a.label('limit');
  a.jumpIf('r2', '>', 'r3', ALONE);
  steps.clearFib(AF_INET6);
  a.store('u16', STACK, FIB + FIB_AT.length, 'r2');
  a.compute('mov', 'r2', 0);
  steps.control('u32', 'r3', CONTROL.copyClass);
  a.jumpIf('r3', '==', 0, 'class');
  a.load('u8', 'r2', PACKET, ETHERNET + 1);
  a.label('class');
  a.compute('lsh', 'r2', 20);
  a.compute('or', 'r2', 0x60000000);
  a.swap(32, 'r2');
  a.store('u32', STACK, HEADER, 'r2');
  a.store('u8', STACK, HEADER + 6, PROTOCOL);
  a.load('u8', 'r2', PACKET, ETHERNET + 8);
  a.compute('sub', 'r2', 1);
  a.store('u8', STACK, HEADER + 7, 'r2');
  a.copy('u64', 4, [STACK, HEADER + 8], [FLOW_VALUE, FLOW.source], 'r2');
  a.copy('u64', 4, [STACK, FIB + FIB_AT.source], [FLOW_VALUE, FLOW.source], 'r2');

  steps.route(ETHERTYPE_IPV6);
  steps.change(ETHERTYPE_IPV6, IPV6, 2);
  steps.sendOn(1);
}
