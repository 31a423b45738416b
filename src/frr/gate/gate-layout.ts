import type { BpfMapOptions } from '../../linux/bpf.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';

/*
 * Map layouts shared by the gate's program and user space. Addresses are in network order, numbers in host order.
 *
 * Peers: the key is an address, 16 bytes; IPv4 as ::ffff:a.b.c.d. The value, 16 bytes:
 *
 *     0      4         8
 *     | open | kinds   | packets that were stopped |
 *
 * `open`: 1 lets packets of these kinds pass while the lease is valid. The gate ignores peers that are not in the map.
 *
 * Lease: one entry, 8 bytes: its expiry, nanoseconds of CLOCK_MONOTONIC.
 */
export const PEER_KEY_SIZE = 16;
export const PEER_VALUE_SIZE = 16;
export const PEER_VALUE = { open: 0, kinds: 4, stopped: 8 } as const;

/** Bits of `kinds`: BFD control and echo packets; BGP sessions. */
export const KINDS = { bfd: 1, bgp: 2 } as const;
export type GateKind = keyof typeof KINDS;

export const GATE_NAME = 'isthmus_gate';
const MAX_PEERS = 1024;

export const PEERS_MAP: BpfMapOptions = {
  type: 'hash',
  keySize: PEER_KEY_SIZE,
  valueSize: PEER_VALUE_SIZE,
  entries: MAX_PEERS,
  name: 'isthmus_peers',
};
export const LEASE_MAP: BpfMapOptions = { type: 'array', keySize: 4, valueSize: 8, entries: 1, name: 'isthmus_lease' };

/** The key of a peer. @throws RangeError when it is not an address */
export function peerKey(address: string): Uint8Array {
  const value4 = parseIpv4(address);
  if (value4 !== undefined) return mappedIpv4(value4);
  const bytes = parseIpv6(address);
  if (bytes === undefined) throw new RangeError(`${address} is not an IP address`);
  return bytes;
}

/** ::ffff:a.b.c.d */
export function mappedIpv4(address: number): Uint8Array {
  const bytes = new Uint8Array(PEER_KEY_SIZE);
  bytes.fill(0xff, 10, 12);
  new DataView(bytes.buffer).setUint32(12, address);
  return bytes;
}
