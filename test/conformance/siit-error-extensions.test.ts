import { describe } from 'vitest';
import { conforms } from './expectation.ts';
import { siit } from './instances.ts';
import {
  downDatagram4,
  downDatagram6,
  dropped,
  error4,
  error6,
  H4,
  H6,
  passes,
  R6,
  S4,
  S6,
  told4,
  told6,
  upDatagram4,
  upDatagram6,
} from './siit-error-packets.ts';
import { address, data, icmp, u16, udp, v4, v6 } from './wire.ts';

/** An extension structure with one object of class 1 (RFC 4884 section 7; MPLS labels, RFC 4950). */
const EXTENSIONS = ((): number[] => {
  const object = [0, 8, 1, 1, 0, 1, 0xf1, 0x40];
  const words = [0x2000, 0, 0x0008, 0x0101, 0x0001, 0xf140];
  const sum = words.reduce((total, word) => total + word, 0);
  return [0x20, 0, ...u16(~((sum & 0xffff) + (sum >> 16)) & 0xffff), ...object];
})();

describe('rfc4884-extensions', () => {
  const padded = (bytes: Uint8Array, to: number): number[] => [
    ...bytes,
    ...Array.from({ length: to - bytes.length }, () => 0),
  ];
  const q4 = upDatagram4(72);
  const q6 = upDatagram6(72);
  const down6 = downDatagram6(72);
  const down4 = downDatagram4(72);
  const with4 = (type: number, code: number, length: number, quote: number[], word = 0): Uint8Array =>
    error4(type, code, word + length * 0x10000, Uint8Array.from([...quote, ...EXTENSIONS]));
  const with6 = (type: number, code: number, length: number, quote: number[]): Uint8Array =>
    told6(type, code, length * 0x1000000, Uint8Array.from([...quote, ...EXTENSIONS]));
  conforms(siit(), 'siit', [
    passes('unreachable-of-ipv4', with4(3, 1, 32, padded(q4, 128)), with6(1, 0, 18, padded(q6, 144))),
    passes('time-exceeded-of-ipv4', with4(11, 0, 32, padded(q4, 128)), with6(3, 0, 18, padded(q6, 144))),
    passes(
      'protocol-unreachable-has-none-in-ipv6',
      with4(3, 2, 32, padded(q4, 128)),
      told6(4, 1, 6, Uint8Array.from(padded(q6, 148))),
    ),
    passes(
      'fragmentation-needed-has-none-in-ipv6',
      with4(3, 4, 32, padded(q4, 128), 1400),
      told6(2, 0, 1420, Uint8Array.from(padded(q6, 148))),
    ),
    passes(
      'unreachable-of-ipv6',
      error6(1, 4, 17 * 0x1000000, Uint8Array.from([...padded(down6, 136), ...EXTENSIONS])),
      told4(3, 3, 32 * 0x10000, Uint8Array.from([...padded(down4, 128), ...EXTENSIONS])),
    ),
    passes(
      'time-exceeded-of-ipv6',
      error6(3, 0, 20 * 0x1000000, Uint8Array.from([...padded(down6, 160), ...EXTENSIONS])),
      told4(11, 0, 35 * 0x10000, Uint8Array.from([...padded(down4, 140), ...EXTENSIONS])),
    ),
  ]);
});

/** Interface Information with the address alone (RFC 5837 section 4.2): the incoming interface, IPv6. */
function interfaceOf(router: string): number[] {
  const object = [0, 24, 2, 4, 0, 2, 0, 0, ...address(router)];
  const words = Array.from({ length: 12 }, (_, index) => object[2 * index] * 256 + object[2 * index + 1]);
  const total = words.reduce((sum, word) => sum + word, 0x2000);
  return [0x20, 0, ...u16(~((total & 0xffff) + (total >> 16)) & 0xffff), ...object];
}

describe('rfc6791-sources', () => {
  const ROUTER6 = '2001:db8:aaaa::1';
  const whole = downDatagram4();
  const quote = [...whole, ...Array.from({ length: 128 - whole.length }, () => 0)];
  const from6 = (src: string): Uint8Array =>
    v6({ src, dst: H6, next: 58 }, icmp({ src, dst: H6 }, 3, 0, 0, [...downDatagram6()]));
  const pool = { src: '203.0.113.8', dst: H4 };
  const denied = { src: '203.0.113.200', dst: S4 };
  const pool6 = { src: '2001:db8:ffff::8', dst: S6 };
  conforms(siit('    rfc6791Extension: true\n'), 'siit', [
    passes(
      'router-without-an-ipv4-address-and-the-one-that-it-has',
      from6(ROUTER6),
      v4({ ...pool, protocol: 1, ttl: 63 }, icmp(pool, 11, 0, 32 * 0x10000, [...quote, ...interfaceOf(ROUTER6)])),
    ),
  ]);
  conforms(siit(), 'siit', [
    passes(
      'router-without-an-ipv4-address',
      from6(ROUTER6),
      v4({ ...pool, protocol: 1, ttl: 63 }, icmp(pool, 11, 0, 0, [...whole])),
    ),
    passes(
      'router-on-the-denylist',
      v4({ ...denied, protocol: 1 }, icmp(denied, 11, 0, 0, [...upDatagram4()])),
      v6({ ...pool6, next: 58, hops: 63 }, icmp(pool6, 3, 0, 0, [...upDatagram6()])),
    ),
    {
      name: 'other-packets-from-there-are-answered',
      send: v6(
        { src: '2001:db8:aaaa::1', dst: H6, next: 17 },
        udp({ src: '2001:db8:aaaa::1', dst: H6 }, 1, 2, data(4)),
      ),
      verdict: 'error',
      out: [
        v6(
          { src: R6, dst: '2001:db8:aaaa::1', next: 58 },
          icmp({ src: R6, dst: '2001:db8:aaaa::1' }, 1, 5, 0, [
            ...v6(
              { src: '2001:db8:aaaa::1', dst: H6, next: 17 },
              udp({ src: '2001:db8:aaaa::1', dst: H6 }, 1, 2, data(4)),
            ),
          ]),
        ),
      ],
    },
    dropped('other-packets-of-the-denylist', v4({ ...denied, protocol: 17 }, udp(denied, 1, 2, data(4)))),
  ]);
});
