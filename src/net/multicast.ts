import { parseIpv4 } from './ipv4-address.ts';
import { parseIpv6 } from './ipv6-address.ts';

/** Whether the text is an address of a multicast group (RFC 5771: 224.0.0.0/4; RFC 4291: ff00::/8). */
export function isMulticast(text: string): boolean {
  const four = parseIpv4(text);
  return four === undefined ? parseIpv6(text)?.[0] === 0xff : four >>> 28 === 14;
}
