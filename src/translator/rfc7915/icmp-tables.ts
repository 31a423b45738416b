/**
 * The type and code tables of RFC 7915 sections 4.2 and 5.2 for ICMP errors. A mapped error is (type << 8 | code);
 * NO_COUNTERPART means that the message is dropped.
 */
import * as l4 from '../../net/transport-headers.ts';

export const NO_COUNTERPART = -1;

const UNREACHABLE_4_TO_6: readonly number[] = [
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_PARAMETER_PROBLEM, 1),
  v6(l4.ICMPV6_UNREACHABLE, 4),
  v6(l4.ICMPV6_PACKET_TOO_BIG, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 1),
  v6(l4.ICMPV6_UNREACHABLE, 1),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 0),
  v6(l4.ICMPV6_UNREACHABLE, 1),
  NO_COUNTERPART,
  v6(l4.ICMPV6_UNREACHABLE, 1),
];

const UNREACHABLE_6_TO_4: readonly number[] = [
  v6(l4.ICMPV4_UNREACHABLE, 1),
  v6(l4.ICMPV4_UNREACHABLE, 10),
  v6(l4.ICMPV4_UNREACHABLE, 1),
  v6(l4.ICMPV4_UNREACHABLE, 1),
  v6(l4.ICMPV4_UNREACHABLE, 3),
];

/** Offset in the IPv6 header for each byte of the IPv4 header (figure 3 of RFC 7915). */
const POINTER_4_TO_6: readonly number[] = [0, 1, 4, 4, -1, -1, -1, -1, 7, 6, -1, -1, 8, 8, 8, 8, 24, 24, 24, 24];

function v6(type: number, code: number): number {
  return (type << 8) | code;
}

export function mapError4to6(type: number, code: number): number {
  if (type === l4.ICMPV4_UNREACHABLE)
    return code < UNREACHABLE_4_TO_6.length ? UNREACHABLE_4_TO_6[code] : NO_COUNTERPART;
  if (type === l4.ICMPV4_TIME_EXCEEDED) return v6(l4.ICMPV6_TIME_EXCEEDED, code);
  if (type === l4.ICMPV4_PARAMETER_PROBLEM && (code === 0 || code === 2)) return v6(l4.ICMPV6_PARAMETER_PROBLEM, 0);
  return NO_COUNTERPART;
}

export function mapError6to4(type: number, code: number): number {
  if (type === l4.ICMPV6_UNREACHABLE)
    return code < UNREACHABLE_6_TO_4.length ? UNREACHABLE_6_TO_4[code] : NO_COUNTERPART;
  if (type === l4.ICMPV6_PACKET_TOO_BIG) return v6(l4.ICMPV4_UNREACHABLE, 4);
  if (type === l4.ICMPV6_TIME_EXCEEDED) return v6(l4.ICMPV4_TIME_EXCEEDED, code);
  if (type !== l4.ICMPV6_PARAMETER_PROBLEM) return NO_COUNTERPART;
  if (code === 0) return v6(l4.ICMPV4_PARAMETER_PROBLEM, 0);
  return code === 1 ? v6(l4.ICMPV4_UNREACHABLE, 2) : NO_COUNTERPART;
}

export function mapPointer4to6(pointer: number): number {
  return pointer < POINTER_4_TO_6.length ? POINTER_4_TO_6[pointer] : NO_COUNTERPART;
}

/** Figure 6 of RFC 7915. */
export function mapPointer6to4(pointer: number): number {
  if (pointer <= 1) return pointer;
  if (pointer === 4 || pointer === 5) return 2;
  if (pointer === 6) return 9;
  if (pointer === 7) return 8;
  if (pointer >= 8 && pointer <= 23) return 12;
  return pointer >= 24 && pointer <= 39 ? 16 : NO_COUNTERPART;
}
