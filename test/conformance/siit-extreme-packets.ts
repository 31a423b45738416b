import { type Case } from './expectation.ts';
import { ACK, data, type Ends, icmp, tcp, udp, v4, v6 } from './wire.ts';

/** Two hosts of the embedding prefix alone: neither has an explicit mapping. */
export const N6 = '2001:db8:1c0:2:21::';
export const N4 = '192.0.2.33';
export const M6 = '2001:db8:1c6:3364:2::';
export const M4 = '198.51.100.2';
export const OWN6 = '2001:db8:1c0:2:1::';
export const OWN4 = '198.51.100.1';
export const UP6 = { src: N6, dst: M6 };
export const UP4 = { src: N4, dst: M4 };
export const DOWN4 = { src: M4, dst: N4 };
export const DOWN6 = { src: M6, dst: N6 };

export const passes = (name: string, send: Uint8Array, ...out: Uint8Array[]): Case => ({
  name,
  send,
  verdict: 'translated',
  out,
});
export const dropped = (name: string, send: Uint8Array): Case => ({ name, send, verdict: 'dropped' });
export const answered = (name: string, send: Uint8Array, out: Uint8Array): Case => ({
  name,
  send,
  verdict: 'error',
  out: [out],
});
export const own6 = (type: number, code: number, word: number, about: Uint8Array): Uint8Array => {
  const ends = { src: OWN6, dst: N6 };
  return v6({ ...ends, next: 58 }, icmp(ends, type, code, word, [...about.subarray(0, 1232)]));
};
export const own4 = (type: number, code: number, word: number, about: Uint8Array): Uint8Array => {
  const ends = { src: OWN4, dst: M4 };
  return v4({ ...ends, protocol: 1, df: true }, icmp(ends, type, code, word, [...about.subarray(0, 548)]));
};
export const segment = (ends: Ends, size: number): number[] => tcp(ends, 2000, 4000, ACK, data(size - 20));
export const datagram = (ends: Ends, size: number): number[] => udp(ends, 2000, 4000, data(size - 8));
