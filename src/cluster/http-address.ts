import { isIPv6 } from 'node:net';
import { parseIpv4 } from '../net/ipv4-address.ts';
import { parseIpv6 } from '../net/ipv6-address.ts';

/** Listening address of the HTTP endpoint. */
export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

/** Notation of the HTTP endpoint's address. */
export const HTTP_ADDRESS_FORM = '127.0.0.1:9464 or [2001:db8::1]:9464';

/** `192.0.2.1:9464`, `[2001:db8::1]:9464`, `localhost:9464`. @returns undefined: invalid */
export function parseHttpAddress(text: string): HttpAddress | undefined {
  const match = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<four>[0-9.]+|localhost)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  const host = match?.groups?.['six'] ?? match?.groups?.['four'];
  return host === undefined || port > 65_535 ? undefined : { host, port };
}

/** In the notation of parseHttpAddress. */
export function formatHttpAddress({ host, port }: HttpAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

const LOOPBACK6 = '00000000000000000000000000000001';
const LOOPBACK4 = 127;

/** Whether it is only reachable from this machine: 127.0.0.0/8, ::1 (RFC 4291 section 2.5.3), `localhost`. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const four = parseIpv4(host);
  if (four !== undefined) return four >>> 24 === LOOPBACK4;
  const six = parseIpv6(host);
  return six !== undefined && Buffer.from(six).toString('hex') === LOOPBACK6;
}
