import { PROTOCOL_ICMPV6 } from '../net/ip-headers.ts';
import type { SettledFlow } from '../translator/flow-offload.ts';
import { swapped } from './program-layout.ts';

/*
 * What a checksum's sum changes by when a flow's addresses do: the sum of the new words minus that of the old ones, in
 * 16 bits of ones' complement (RFC 1624), as a little-endian machine reads them.
 */
const MOST = 0xffff;

/** Of a flow's addresses as its packets have them on the IPv6 side. */
export function sum6({ client, server6 }: SettledFlow): number {
  return folded(sumOf(client) + sumOf(server6));
}

/** The same on the IPv4 side. */
export function sum4({ pool4, server4 }: SettledFlow): number {
  return folded(sumOfWord(pool4) + sumOfWord(server4));
}

/** What the sum changes by when addresses of one sum become those of another. */
export function addressDelta(from: number, to: number): number {
  return folded(to + MOST - from);
}

/**
 * Of an ICMP message, whose checksum has a pseudo header in IPv6 only; but for its length.
 * @param sum of the addresses there
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
