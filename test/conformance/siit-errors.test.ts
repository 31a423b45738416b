import { describe } from 'vitest';
import { type Case, conforms } from './expectation.ts';
import { siit } from './instances.ts';
import { ACK, address, data, echo, type Ends, fragmentHeader, icmp, tcp, u16, udp, v4, v6 } from './wire.ts';

/**
 * A server with an explicit mapping, a host of the IPv4 internet, and a router there (RFC 6052 section 2.4 has the
 * first two).
 */
const S6 = '2001:db8:3::5';
const S4 = '1.0.0.5';
const H4 = '192.0.2.33';
const H6 = '2001:db8:1c0:2:21::';
const R4 = '192.0.2.1';
const R6 = '2001:db8:1c0:2:1::';
const UP6 = { src: S6, dst: H6 };
const UP4 = { src: S4, dst: H4 };
const DOWN6 = { src: H6, dst: S6 };
const DOWN4 = { src: H4, dst: S4 };

const upDatagram6 = (bytes = 41): Uint8Array => v6({ ...UP6, next: 17, hops: 9 }, udp(UP6, 4000, 53, data(bytes)));
const upDatagram4 = (bytes = 41, fields = {}): Uint8Array =>
  v4({ ...UP4, protocol: 17, ttl: 9, ...fields }, udp(UP4, 4000, 53, data(bytes)));
const downDatagram4 = (bytes = 41, fields = {}): Uint8Array =>
  v4({ ...DOWN4, protocol: 17, ttl: 9, ...fields }, udp(DOWN4, 53, 4000, data(bytes)));
const downDatagram6 = (bytes = 41): Uint8Array =>
  v6({ ...DOWN6, next: 17, hops: 9 }, udp(DOWN6, 53, 4000, data(bytes)));

/** An error of a router in the IPv4 internet about what the server has sent. */
const error4 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v4({ src: R4, dst: S4, protocol: 1, ...fields }, icmp({ src: R4, dst: S4 }, type, code, word, [...quote]));
const told6 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v6({ src: R6, dst: S6, next: 58, hops: 63, ...fields }, icmp({ src: R6, dst: S6 }, type, code, word, [...quote]));
/** An error of the server about what the host has sent. */
const error6 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v6({ ...UP6, next: 58, ...fields }, icmp(UP6, type, code, word, [...quote]));
const told4 = (type: number, code: number, word: number, quote: Uint8Array, fields = {}): Uint8Array =>
  v4({ ...UP4, protocol: 1, ttl: 63, ...fields }, icmp(UP4, type, code, word, [...quote]));

const passes = (name: string, send: Uint8Array, ...out: Uint8Array[]): Case => ({
  name,
  send,
  verdict: 'translated',
  out,
});
const dropped = (name: string, send: Uint8Array): Case => ({ name, send, verdict: 'dropped' });

/** The pointer is in the first byte of the second word. */
const pointer = (value: number): number => value * 0x1000000;

describe('s4.2-errors-of-the-ipv4-side', () => {
  const about = (type: number, code: number, word = 0): Uint8Array => error4(type, code, word, upDatagram4());
  const row = (
    name: string,
    type: number,
    code: number,
    word: number,
    type6: number,
    code6: number,
    word6: number,
  ): Case => passes(name, about(type, code, word), told6(type6, code6, word6, upDatagram6()));
  const unreachable: Readonly<Record<number, readonly [number, number, number]>> = {
    0: [1, 0, 0],
    1: [1, 0, 0],
    2: [4, 1, 6],
    3: [1, 4, 0],
    5: [1, 0, 0],
    6: [1, 0, 0],
    7: [1, 0, 0],
    8: [1, 0, 0],
    9: [1, 1, 0],
    10: [1, 1, 0],
    11: [1, 0, 0],
    12: [1, 0, 0],
    13: [1, 1, 0],
    15: [1, 1, 0],
  };
  /** Figure 3: what each byte of the IPv4 header points to. */
  const pointers: readonly number[] = [0, 1, 4, 4, -1, -1, -1, -1, 7, 6, -1, -1, 8, 8, 8, 8, 24, 24, 24, 24, -1, -1];
  conforms(siit(), 'siit', [
    ...Object.entries(unreachable).map(([code, [type6, code6, word6]]) =>
      row(`destination-unreachable-${code}`, 3, Number(code), 0, type6, code6, word6),
    ),
    ...[14, 16, 255].map((code) => dropped(`destination-unreachable-${code}`, about(3, code))),
    ...[0, 1].map((code) => row(`time-exceeded-${code}`, 11, code, 0, 3, code, 0)),
    ...pointers.flatMap((value, at) =>
      [0, 2].map((code) =>
        value < 0
          ? dropped(`parameter-problem-${code}-pointer-${at}`, about(12, code, pointer(at)))
          : row(`parameter-problem-${code}-pointer-${at}`, 12, code, pointer(at), 4, 0, value),
      ),
    ),
    ...[1, 3].map((code) => dropped(`parameter-problem-${code}`, about(12, code))),
    ...[4, 5, 6, 9, 10, 13, 14, 15, 16, 17, 18, 30, 40].map((type) => dropped(`type-${type}`, about(type, 0))),
    ...[
      [1400, 1420],
      [1480, 1500],
      [1500, 1500],
      [9000, 1500],
      [1260, 1280],
      [1259, 1280],
      [576, 1280],
      [68, 1280],
    ].map(([said, told]) => row(`fragmentation-needed-${said}`, 3, 4, said, 2, 0, told)),
    ...[
      [1500, 1500],
      [1493, 1500],
      [1492, 1280],
      [1400, 1280],
      [8000, 1500],
      [500, 1280],
    ].map(([length, told]) => {
      const head4 = upDatagram4(length - 28, { df: true }).slice(0, 60);
      const head6 = upDatagram6(length - 28).slice(0, 80);
      return passes(`s4.2-plateau-below-${length}`, error4(3, 4, 0, head4), told6(2, 0, told, head6));
    }),
    dropped(
      'wrong-checksum',
      (() => {
        const bytes = about(3, 1);
        bytes[22] ^= 0x10;
        return bytes;
      })(),
    ),
    passes(
      'tos-and-ttl-of-the-error',
      error4(3, 1, 0, upDatagram4(), { tos: 0xb8, ttl: 200 }),
      told6(1, 0, 0, upDatagram6(), { trafficClass: 0xb8, hops: 199 }),
    ),
    ...[8, 0].map((type) => {
      const type6 = type === 8 ? 128 : 129;
      return passes(
        `echo-${type}`,
        v4({ ...DOWN4, protocol: 1 }, echo(DOWN4, type, 7, data(33))),
        v6({ ...DOWN6, next: 58, hops: 63 }, echo(DOWN6, type6, 7, data(33))),
      );
    }),
    passes(
      'echo-without-data',
      v4({ ...DOWN4, protocol: 1 }, echo(DOWN4, 8, 7, [])),
      v6({ ...DOWN6, next: 58, hops: 63 }, echo(DOWN6, 128, 7, [])),
    ),
  ]);
});

describe('s4.3-what-errors-of-the-ipv4-side-quote', () => {
  const quoted = (name: string, quote4: Uint8Array, quote6: Uint8Array): Case =>
    passes(name, error4(3, 1, 0, quote4), told6(1, 0, 0, quote6));
  const segment = (ends: Ends): number[] => tcp(ends, 80, 4000, ACK, data(100));
  const piece = udp(UP4, 1, 2, data(1992));
  const piece6 = udp(UP6, 1, 2, data(1992));
  const inner = (next: number, body: number[]): [Uint8Array, Uint8Array] => [
    v4({ ...UP4, protocol: next, ttl: 3 }, body),
    v6({ ...UP6, next: next === 1 ? 58 : next, hops: 3 }, body),
  ];
  const e4 = echo(UP4, 8, 9, data(20));
  const e6 = echo(UP6, 128, 9, data(20));
  conforms(siit(), 'siit', [
    quoted('eight-bytes-of-udp', upDatagram4().slice(0, 28), upDatagram6().slice(0, 48)),
    quoted(
      'eight-bytes-of-tcp',
      v4({ ...UP4, protocol: 6 }, segment(UP4)).slice(0, 28),
      v6({ ...UP6, next: 6 }, segment(UP6)).slice(0, 48),
    ),
    quoted(
      'sixteen-bytes-of-tcp',
      v4({ ...UP4, protocol: 6 }, segment(UP4)).slice(0, 36),
      v6({ ...UP6, next: 6 }, segment(UP6)).slice(0, 56),
    ),
    quoted('whole-tcp', v4({ ...UP4, protocol: 6 }, segment(UP4)), v6({ ...UP6, next: 6 }, segment(UP6))),
    quoted(
      'hop-limit-of-zero-is-kept',
      v4({ ...UP4, protocol: 6, ttl: 0 }, segment(UP4)),
      v6({ ...UP6, next: 6, hops: 0 }, segment(UP6)),
    ),
    quoted(
      'tos',
      upDatagram4(41, { tos: 7 }),
      v6({ ...UP6, next: 17, hops: 9, trafficClass: 7 }, udp(UP6, 4000, 53, data(41))),
    ),
    quoted('options-are-left-out', upDatagram4(41, { options: [7, 7, 4, 0, 0, 0, 0, 0] }), upDatagram6()),
    quoted('echo', v4({ ...UP4, protocol: 1, ttl: 3 }, e4), v6({ ...UP6, next: 58, hops: 3 }, e6)),
    quoted('other-protocol', ...inner(253, data(60))),
    quoted(
      'first-fragment',
      v4({ ...UP4, protocol: 17, id: 5, mf: true }, piece.slice(0, 496)),
      v6({ ...UP6, next: 44 }, [...fragmentHeader(17, 0, true, 5), ...piece6.slice(0, 496)]),
    ),
    quoted(
      'later-fragment',
      v4({ ...UP4, protocol: 17, id: 5, offset: 800 }, piece.slice(800, 1000)),
      v6({ ...UP6, next: 44 }, [...fragmentHeader(17, 800, false, 5), ...piece6.slice(800, 1000)]),
    ),
    dropped(
      'error-in-an-error',
      error4(3, 1, 0, v4({ ...UP4, protocol: 1 }, icmp(UP4, 3, 1, 0, [...downDatagram4()]))),
    ),
    dropped('untranslatable-icmp', error4(3, 1, 0, v4({ ...UP4, protocol: 1 }, icmp(UP4, 13, 0, 0, data(12))))),
    dropped('quote-that-is-ipv6', error4(3, 1, 0, upDatagram6())),
    dropped('quote-without-a-transport', error4(3, 1, 0, upDatagram4().slice(0, 22))),
    dropped('no-quote', error4(3, 1, 0, new Uint8Array())),
    quoted('cut-to-1280', upDatagram4(1400).slice(0, 1300), upDatagram6(1400).slice(0, 1232)),
  ]);
});

describe('s5.2-errors-of-the-ipv6-side', () => {
  const about = (type: number, code: number, word = 0): Uint8Array => error6(type, code, word, downDatagram6());
  const row = (
    name: string,
    type: number,
    code: number,
    word: number,
    type4: number,
    code4: number,
    word4: number,
  ): Case => passes(name, about(type, code, word), told4(type4, code4, word4, downDatagram4()));
  const figure6 = (at: number): number => {
    if (at < 2) return at;
    if (at === 4 || at === 5) return 2;
    if (at === 6) return 9;
    if (at === 7) return 8;
    if (at >= 8 && at < 24) return 12;
    return at >= 24 && at < 40 ? 16 : -1;
  };
  conforms(siit(), 'siit', [
    ...[1, 10, 1, 1, 3].map((code4, code) => row(`destination-unreachable-${code}`, 1, code, 0, 3, code4, 0)),
    ...[5, 6, 7, 200].map((code) => dropped(`destination-unreachable-${code}`, about(1, code))),
    ...[0, 1].map((code) => row(`time-exceeded-${code}`, 3, code, 0, 11, code, 0)),
    ...[...Array.from({ length: 42 }, (_, at) => at), 255, 256, 0x1000000].map((at) =>
      figure6(at) < 0
        ? dropped(`parameter-problem-pointer-${at}`, about(4, 0, at))
        : row(`parameter-problem-pointer-${at}`, 4, 0, at, 12, 0, pointer(figure6(at))),
    ),
    row('parameter-problem-next-header', 4, 1, 6, 3, 2, 0),
    dropped('parameter-problem-option', about(4, 2, 48)),
    ...[
      [1280, 1260],
      [1400, 1380],
      [1500, 1480],
      [1520, 1480],
      [9000, 1480],
      [70_000, 1480],
    ].map(([said, told]) => row(`packet-too-big-${said}`, 2, 0, said, 3, 4, told)),
    // RFC 8201 section 4.
    ...[0, 20, 68, 1000, 1279].map((said) => dropped(`packet-too-big-${said}`, about(2, 0, said))),
    ...[100, 127, 130, 131, 132, 133, 134, 135, 136, 137, 138, 141, 143, 151, 200].map((type) =>
      dropped(`type-${type}`, about(type, 0)),
    ),
    ...[128, 129].map((type) => {
      const type4 = type === 128 ? 8 : 0;
      return passes(
        `echo-${type}`,
        v6({ ...UP6, next: 58 }, echo(UP6, type, 7, data(33))),
        v4({ ...UP4, protocol: 1, ttl: 63 }, echo(UP4, type4, 7, data(33))),
      );
    }),
    dropped('icmpv4-over-ipv6', v6({ ...UP6, next: 1 }, echo(UP4, 8, 7, data(3)))),
  ]);
});

describe('s5.3-what-errors-of-the-ipv6-side-quote', () => {
  const quoted = (name: string, quote6: Uint8Array, quote4: Uint8Array): Case =>
    passes(name, error6(1, 4, 0, quote6), told4(3, 3, 0, quote4));
  const segment = (ends: Ends): number[] => tcp(ends, 4000, 80, ACK, data(100));
  const down = (next: number, body: number[], fields = {}): Uint8Array => v6({ ...DOWN6, next, ...fields }, body);
  const piece = udp(DOWN4, 1, 2, data(1992));
  const piece6 = udp(DOWN6, 1, 2, data(1992));
  const head = [17, 0, ...data(6).map(() => 0)];
  conforms(siit(), 'siit', [
    quoted('eight-bytes-of-udp', downDatagram6().slice(0, 48), downDatagram4().slice(0, 28)),
    quoted(
      'eight-bytes-of-tcp',
      down(6, segment(DOWN6)).slice(0, 48),
      v4({ ...DOWN4, protocol: 6 }, segment(DOWN4)).slice(0, 28),
    ),
    quoted('whole-tcp', down(6, segment(DOWN6)), v4({ ...DOWN4, protocol: 6 }, segment(DOWN4))),
    quoted(
      'hop-limit-of-zero-is-kept',
      down(6, segment(DOWN6), { hops: 0 }),
      v4({ ...DOWN4, protocol: 6, ttl: 0 }, segment(DOWN4)),
    ),
    quoted('echo', down(58, echo(DOWN6, 128, 9, data(20))), v4({ ...DOWN4, protocol: 1 }, echo(DOWN4, 8, 9, data(20)))),
    quoted(
      'extension-headers-are-left-out',
      down(0, [...head, ...udp(DOWN6, 53, 4000, data(41))], { hops: 9 }),
      downDatagram4(),
    ),
    quoted(
      'first-fragment',
      down(44, [...fragmentHeader(17, 0, true, 0x70005), ...piece6.slice(0, 400)]),
      v4({ ...DOWN4, protocol: 17, id: 5, mf: true }, piece.slice(0, 400)),
    ),
    quoted(
      'later-fragment',
      down(44, [...fragmentHeader(17, 800, false, 5), ...piece6.slice(800, 1000)]),
      v4({ ...DOWN4, protocol: 17, id: 5, offset: 800 }, piece.slice(800, 1000)),
    ),
    quoted('long-packet-has-df', downDatagram6(1300).slice(0, 200), downDatagram4(1300, { df: true }).slice(0, 180)),
    quoted('cut-to-576', downDatagram6(1000), downDatagram4(1000).slice(0, 548)),
    dropped('error-in-an-error', error6(1, 4, 0, down(58, icmp(DOWN6, 1, 0, 0, [...upDatagram6()])))),
    dropped('quote-that-is-ipv4', error6(1, 4, 0, downDatagram4())),
    dropped('no-quote', error6(1, 4, 0, new Uint8Array())),
  ]);
});

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
