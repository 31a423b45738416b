import { parseIpv6 } from './ipv6-address.ts';

/** Number of address bytes that identify a source: an IPv6 /64. */
const SOURCE_BYTES = 8;
const MAPPED = '::ffff:';

/** Who sends from an address, for limits per source: an IPv4 address, or an IPv6 /64. */
export function sourceNetworkOf(address: string): string {
  if (address.startsWith(MAPPED)) return address.slice(MAPPED.length);
  const bytes = parseIpv6(address.split('%', 1)[0] ?? '');
  return bytes === undefined ? address : Buffer.from(bytes.subarray(0, SOURCE_BYTES)).toString('hex');
}
