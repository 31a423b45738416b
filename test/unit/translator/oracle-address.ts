import ipaddr from 'ipaddr.js';

/** Bytes of an address as ipaddr.js reads it. */
export function parseIp(text: string): number[] {
  return ipaddr.parse(text).toByteArray();
}

/** The text of an address as ipaddr.js writes it. */
export function formatIp(bytes: Iterable<number>): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
