import * as ip from '../net/ip-headers.ts';
import * as l4 from '../net/transport-headers.ts';
import { embed } from './embedding-steps.ts';
import { find4 } from './find-steps.ts';
import { CONTROL, FLOW, PAIR } from './layout.ts';
import { plain, totalLength4, transport, transportLength, trim } from './match-steps.ts';
import { nextHop, routePorts, segment } from './next-hop-steps.ts';
import {
  AF_INET6,
  DONT_FRAGMENT,
  DSCP,
  DSCP_MASK,
  ETHERNET,
  ETHERTYPE_IPV6,
  FIB,
  FIB_AT,
  FLOW_VALUE,
  FRAGMENT_BITS,
  HEADER,
  PACKET,
  PROTOCOL,
  SMALLEST_TRANSPORT,
  STACK,
  VERSION4_PLAIN,
  WIRE,
} from './program-layout.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';
import { change, deltas, sendOn, sumOfHeader4 } from './rewrite-steps.ts';

const L4 = ETHERNET + ip.IPV4_HEADER;
/** The first word of an IPv6 header without a traffic class. */
const VERSION6 = 0x60000000;

/** IPv4 → IPv6. */
export function from4(steps: ProgramSteps): void {
  match(steps);
  writeHeader(steps);
  const { a } = steps;
  a.load('u16', 'r2', STACK, HEADER + ip.IPV6_PAYLOAD_LENGTH);
  deltas(steps, L4, 'added', 2);
  nextHop(steps, AF_INET6, ETHERTYPE_IPV6, () => {
    a.copy('u64', 4, [STACK, FIB + FIB_AT.source], [STACK, HEADER + ip.IPV6_SOURCE], 'r2');
    a.copy('u8', 1, [STACK, FIB + FIB_AT.protocol], [STACK, HEADER + ip.IPV6_NEXT_HEADER], 'r2');
    routePorts(steps, FLOW.ports, FLOW.newPort);
  });
  change(steps, ETHERTYPE_IPV6, ip.IPV6_HEADER, l4.DESTINATION_PORT);
  sendOn(steps, 'packets4to6', 'bytes4to6', ip.IPV6_HEADER - ip.IPV4_HEADER);
}

/** Finds the flow, and excludes packets that need the slow path. */
function match(steps: ProgramSteps): void {
  const { a } = steps;
  steps.reach(L4 + SMALLEST_TRANSPORT);
  a.load('u8', 'r2', PACKET, ETHERNET);
  a.jumpIf('r2', '!=', VERSION4_PLAIN, excluded('options'));
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV4_FLAGS);
  a.jumpIf('r2', '&', FRAGMENT_BITS, excluded('fragment'));
  a.load('u8', PROTOCOL, PACKET, ETHERNET + ip.IPV4_PROTOCOL);
  transport(steps, L4, ip.PROTOCOL_ICMP, {
    request: [l4.ICMPV4_ECHO, l4.ICMPV6_ECHO],
    reply: [l4.ICMPV4_ECHO_REPLY, l4.ICMPV6_ECHO_REPLY],
  });
  find4(steps, L4);
  plain(steps, L4);
  a.load('u8', 'r2', PACKET, ETHERNET + ip.IPV4_TTL);
  a.jumpIf('r2', '<=', 1, excluded('hopLimit'));
  sumOfHeader4(steps, PACKET, ETHERNET, 'r2', 'r3');
  a.jumpIf('r2', '!=', 0xffff, excluded('headerChecksum'));
  totalLength4(steps);
  a.compute('sub', 'r2', ip.IPV4_HEADER);
  transportLength(steps, L4);
  trim(steps);
}

/** Builds the header of the IPv6 packet, and checks its size on the wire. */
function writeHeader(steps: ProgramSteps): void {
  const { a } = steps;
  a.load('u16', 'r2', PACKET, ETHERNET + ip.IPV4_TOTAL_LENGTH);
  a.swap(16, 'r2');
  a.compute('sub', 'r2', ip.IPV4_HEADER);
  a.compute('mov', 'r1', 'r2');
  a.swap(16, 'r1');
  a.store('u16', STACK, HEADER + ip.IPV6_PAYLOAD_LENGTH, 'r1');
  a.compute('add', 'r2', ip.IPV6_HEADER);
  segment(steps, ip.IPV6_HEADER, L4);
  steps.control('u32', 'r3', CONTROL.largest6);
  a.load('u16', 'r1', PACKET, ETHERNET + ip.IPV4_FLAGS);
  a.jumpIf('r1', '&', DONT_FRAGMENT, 'limit');
  steps.control('u32', 'r3', CONTROL.largest6Cut);
  a.label('limit');
  a.jumpIf('r2', '>', 'r3', excluded('tooBig'));
  a.store('u32', STACK, WIRE, 'r2');
  a.compute('mov', 'r2', 0);
  steps.control('u32', 'r3', CONTROL.copyClass);
  a.jumpIf('r3', '==', 0, 'class');
  a.load('u8', 'r2', PACKET, ETHERNET + ip.IPV4_TOS);
  a.label('class');
  a.compute('mov', 'r3', 'r2');
  a.compute('and', 'r3', DSCP_MASK);
  a.store('u32', STACK, DSCP, 'r3');
  a.compute('lsh', 'r2', 20);
  a.compute('or', 'r2', VERSION6);
  a.swap(32, 'r2');
  a.store('u32', STACK, HEADER, 'r2');
  a.store('u8', STACK, HEADER + ip.IPV6_NEXT_HEADER, PROTOCOL);
  nextHeader(steps);
  a.load('u8', 'r2', PACKET, ETHERNET + ip.IPV4_TTL);
  a.compute('sub', 'r2', 1);
  a.store('u8', STACK, HEADER + ip.IPV6_HOP_LIMIT, 'r2');
  addresses(steps);
}

function addresses(steps: ProgramSteps): void {
  const { a, flows } = steps;
  const source = HEADER + ip.IPV6_SOURCE;
  if (flows.kind === 'pair') a.copy('u64', 2, [STACK, source], [FLOW_VALUE, PAIR.server6], 'r2');
  else {
    a.load('u32', 'r3', FLOW_VALUE, PAIR.server4);
    a.swap(32, 'r3');
    embed(steps, flows.pool6, { upper: 'r1', lower: 'r2' });
    a.swap(64, 'r1');
    a.swap(64, 'r2');
    a.store('u64', STACK, source, 'r1');
    a.store('u64', STACK, source + 8, 'r2');
  }
  a.copy('u64', 2, [STACK, HEADER + ip.IPV6_DESTINATION], [FLOW_VALUE, PAIR.client], 'r2');
}

/** Echo has another protocol number in IPv6. */
function nextHeader(steps: ProgramSteps): void {
  const { a } = steps;
  const done = steps.fresh();
  a.jumpIf(PROTOCOL, '!=', ip.PROTOCOL_ICMP, done);
  a.store('u8', STACK, HEADER + ip.IPV6_NEXT_HEADER, ip.PROTOCOL_ICMPV6);
  a.label(done);
}
