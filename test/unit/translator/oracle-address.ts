import ipaddr from 'ipaddr.js';

/** Addresses that were read before: tests use few of them very often. */
const MAX_KNOWN = 4096;
const known = new Map<string, readonly number[]>();

/** Bytes of an address as ipaddr.js reads it. */
export function parseIp(text: string): number[] {
  let bytes = known.get(text);
  if (bytes === undefined) {
    bytes = ipaddr.parse(text).toByteArray();
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, bytes);
  }
  return [...bytes];
}

/** The text of an address as ipaddr.js writes it. */
export function formatIp(bytes: Iterable<number>): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
