import { type Case } from './expectation.ts';
import { data, icmp, udp, v4, v6 } from './wire.ts';

/**
 * A server with an explicit mapping, a host of the IPv4 internet, and a router there (RFC 6052 section 2.4 has the
 * first two).
 */
export const S6 = '2001:db8:3::5';
export const S4 = '1.0.0.5';
export const H4 = '192.0.2.33';
export const H6 = '2001:db8:1c0:2:21::';
export const R4 = '192.0.2.1';
export const R6 = '2001:db8:1c0:2:1::';
export const UP6 = { src: S6, dst: H6 };
export const UP4 = { src: S4, dst: H4 };
export const DOWN6 = { src: H6, dst: S6 };
export const DOWN4 = { src: H4, dst: S4 };

export const upDatagram6 = (bytes = 41): Uint8Array =>
  v6({ ...UP6, next: 17, hops: 9 }, udp(UP6, 4000, 53, data(bytes)));
export const upDatagram4 = (bytes = 41, fields = {}): Uint8Array =>
  v4({ ...UP4, protocol: 17, ttl: 9, ...fields }, udp(UP4, 4000, 53, data(bytes)));
export const downDatagram4 = (bytes = 41, fields = {}): Uint8Array =>
  v4({ ...DOWN4, protocol: 17, ttl: 9, ...fields }, udp(DOWN4, 53, 4000, data(bytes)));
export const downDatagram6 = (bytes = 41): Uint8Array =>
  v6({ ...DOWN6, next: 17, hops: 9 }, udp(DOWN6, 53, 4000, data(bytes)));

/** An error of a router in the IPv4 internet about what the server has sent. */
export const error4 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v4({ src: R4, dst: S4, protocol: 1, ...fields }, icmp({ src: R4, dst: S4 }, type, code, word, [...quote]));
export const told6 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v6({ src: R6, dst: S6, next: 58, hops: 63, ...fields }, icmp({ src: R6, dst: S6 }, type, code, word, [...quote]));
/** An error of the server about what the host has sent. */
export const error6 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v6({ ...UP6, next: 58, ...fields }, icmp(UP6, type, code, word, [...quote]));
export const told4 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v4({ ...UP4, protocol: 1, ttl: 63, ...fields }, icmp(UP4, type, code, word, [...quote]));

export const passes = (name: string, send: Uint8Array, ...out: Uint8Array[]): Case => ({
  name,
  send,
  verdict: 'translated',
  out,
});
export const dropped = (name: string, send: Uint8Array): Case => ({ name, send, verdict: 'dropped' });

/** The pointer is in the first byte of the second word. */
export const pointer = (value: number): number => value * 0x1000000;
