import { PROTOCOL_ICMPV6 } from '../net/ip-headers.ts';
import type { SettledFlow } from '../translator/flow-offload.ts';
import { swapped } from './program-layout.ts';

/*
 * Change of a checksum's sum due to a flow's addresses: the sum of the new words minus that of the old ones, in 16-bit
 * ones' complement (RFC 1624), in little-endian byte order.
 */
const MOST = 0xffff;

/** Sum of a flow's addresses on the IPv6 side. */
export function sum6({ client, server6 }: SettledFlow): number {
  return folded(sumOf(client) + sumOf(server6));
}

/** Sum of a flow's addresses on the IPv4 side. */
export function sum4({ pool4, server4 }: SettledFlow): number {
  return folded(sumOfWord(pool4) + sumOfWord(server4));
}

/** Difference of two address sums. */
export function addressDelta(from: number, to: number): number {
  return folded(to + MOST - from);
}

/**
 * Difference for an ICMP message, whose checksum includes a pseudo-header in IPv6 only; without the length.
 * @param sum of the IPv6 addresses
 */
export function echoDelta6to4(sum: number): number {
  return MOST - echoDelta4to6(sum);
}

export function echoDelta4to6(sum: number): number {
  return folded(sum + swapped(PROTOCOL_ICMPV6));
}

function sumOf(address: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < address.length; at += 2) sum += address[at] + (address[at + 1] << 8);
  return sum;
}

function sumOfWord(address: number): number {
  return swapped(address >>> 16) + swapped(address & MOST);
}

function folded(sum: number): number {
  let rest = sum;
  while (rest > MOST) rest = (rest & MOST) + Math.floor(rest / (MOST + 1));
  return rest;
}
