import * as ip from '../net/ip-headers.ts';
import * as l4 from '../net/transport-headers.ts';
import { LARGEST_WITHOUT_DF } from '../translator/rfc7915/header-writer.ts';
import { find6 } from './find-steps.ts';
import { CONTROL, FLOW } from './layout.ts';
import { plain, transport, transportLength } from './match-steps.ts';
import { nextHop, routePorts, segment } from './next-hop-steps.ts';
import {
  AF_INET,
  CONTEXT,
  DONT_FRAGMENT,
  DSCP,
  DSCP_MASK,
  ETHERNET,
  ETHERTYPE_IPV4,
  FIB,
  FIB_AT,
  FLOW_VALUE,
  HEADER,
  PACKET,
  PROTOCOL,
  SKB,
  SMALLEST_TRANSPORT,
  STACK,
  VERSION4_PLAIN,
  WIRE,
} from './program-layout.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';
import { change, deltas, sendOn, sumOfHeader4 } from './rewrite-steps.ts';

/** bpf_get_prandom_u32 (linux/bpf.h). */
const RANDOM = 7;
const L4 = ETHERNET + ip.IPV6_HEADER;

/** IPv6 → IPv4. All checks come before the first change. */
export function from6(steps: ProgramSteps): void {
  match(steps);
  writeHeader(steps);
  const { a } = steps;
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV6_PAYLOAD_LENGTH);
  deltas(steps, L4, 'removed', 0);
  nextHop(steps, AF_INET, ETHERTYPE_IPV4, () => {
    a.copy('u32', 1, [STACK, FIB + FIB_AT.source], [STACK, HEADER + ip.IPV4_SOURCE], 'r2');
    a.copy('u32', 1, [STACK, FIB + FIB_AT.destination], [STACK, HEADER + ip.IPV4_DESTINATION], 'r2');
    routePorts(steps, FLOW.newPort, FLOW.ports + 2);
  });
  change(steps, ETHERTYPE_IPV4, ip.IPV4_HEADER, l4.SOURCE_PORT);
  sendOn(steps, 'packets6to4', 'bytes6to4', ip.IPV4_HEADER - ip.IPV6_HEADER);
}

/** Finds the flow, and excludes packets that need the slow path. */
function match(steps: ProgramSteps): void {
  const { a } = steps;
  steps.reach(L4 + SMALLEST_TRANSPORT);
  a.load('u8', 'r2', PACKET, ETHERNET);
  a.compute('rsh', 'r2', 4);
  a.jumpIf('r2', '!=', 6, excluded('protocol'));
  a.load('u8', PROTOCOL, PACKET, ETHERNET + ip.IPV6_NEXT_HEADER);
  a.jumpIf(PROTOCOL, '==', ip.PROTOCOL_FRAGMENT, excluded('fragment'));
  for (const options of [ip.PROTOCOL_HOP_BY_HOP, ip.PROTOCOL_ROUTING, ip.PROTOCOL_DESTINATION_OPTIONS]) {
    a.jumpIf(PROTOCOL, '==', options, excluded('options'));
  }
  transport(steps, L4, ip.PROTOCOL_ICMPV6, {
    request: [l4.ICMPV6_ECHO, l4.ICMPV4_ECHO],
    reply: [l4.ICMPV6_ECHO_REPLY, l4.ICMPV4_ECHO_REPLY],
  });
  find6(steps, L4);
  plain(steps, L4);
  a.load('u8', 'r2', PACKET, ETHERNET + ip.IPV6_HOP_LIMIT);
  a.jumpIf('r2', '<=', 1, excluded('hopLimit'));
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV6_PAYLOAD_LENGTH);
  a.swap(16, 'r2');
  a.jumpIf('r2', '<', SMALLEST_TRANSPORT, excluded('length'));
  a.compute('mov', 'r3', 'r2');
  a.compute('add', 'r3', L4);
  a.load('u32', 'r4', CONTEXT, SKB.len);
  a.jumpIf('r3', '!=', 'r4', excluded('length'));
  transportLength(steps, L4);
}

/** Builds the header of the IPv4 packet, and checks its size on the wire. */
function writeHeader(steps: ProgramSteps): void {
  const { a } = steps;
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV6_PAYLOAD_LENGTH);
  a.swap(16, 'r2');
  a.compute('add', 'r2', ip.IPV4_HEADER);
  a.jumpIf('r2', '>', ip.LARGEST_PACKET4, excluded('tooBig'));
  a.compute('mov', 'r1', 'r2');
  a.swap(16, 'r1');
  a.store('u16', STACK, HEADER + ip.IPV4_TOTAL_LENGTH, 'r1');
  segment(steps, ip.IPV4_HEADER, L4);
  steps.control('u32', 'r3', CONTROL.largest4);
  a.jumpIf('r2', '>', 'r3', excluded('tooBig'));
  a.store('u32', STACK, WIRE, 'r2');
  a.store('u8', STACK, HEADER, VERSION4_PLAIN);
  a.store('u16', STACK, HEADER + ip.IPV4_IDENTIFICATION, 0);
  a.store('u16', STACK, HEADER + ip.IPV4_FLAGS, DONT_FRAGMENT);
  a.jumpIf('r2', '>', LARGEST_WITHOUT_DF, 'whole');
  a.call(RANDOM);
  a.store('u16', STACK, HEADER + ip.IPV4_IDENTIFICATION, 'r0');
  a.store('u16', STACK, HEADER + ip.IPV4_FLAGS, 0);
  a.label('whole');
  steps.control('u32', 'r2', CONTROL.tos);
  steps.control('u32', 'r3', CONTROL.copyTos);
  a.jumpIf('r3', '==', 0, 'tos');
  a.load('u16', 'r2', PACKET, ETHERNET);
  a.swap(16, 'r2');
  a.compute('rsh', 'r2', 4);
  a.compute('and', 'r2', 0xff);
  a.label('tos');
  a.store('u8', STACK, HEADER + ip.IPV4_TOS, 'r2');
  a.compute('and', 'r2', DSCP_MASK);
  a.store('u32', STACK, DSCP, 'r2');
  a.load('u8', 'r2', PACKET, ETHERNET + ip.IPV6_HOP_LIMIT);
  a.compute('sub', 'r2', 1);
  a.store('u8', STACK, HEADER + ip.IPV4_TTL, 'r2');
  a.store('u8', STACK, HEADER + ip.IPV4_PROTOCOL, PROTOCOL);
  a.store('u16', STACK, HEADER + ip.IPV4_CHECKSUM, 0);
  a.copy('u32', 1, [STACK, HEADER + ip.IPV4_SOURCE], [FLOW_VALUE, FLOW.pool4], 'r2');
  a.copy('u32', 1, [STACK, HEADER + ip.IPV4_DESTINATION], [FLOW_VALUE, FLOW.server4], 'r2');
  sumOfHeader4(steps, STACK, HEADER, 'r2', 'r3');
  a.compute('mov', 'r3', 0xffff);
  a.compute('sub', 'r3', 'r2');
  a.store('u16', STACK, HEADER + ip.IPV4_CHECKSUM, 'r3');
}
