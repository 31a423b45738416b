import { describe } from 'vitest';
import { type Case, conforms } from './expectation.ts';
import { siit } from './instances.ts';
import {
  DOWN4,
  DOWN6,
  downDatagram4,
  downDatagram6,
  dropped,
  error4,
  error6,
  passes,
  pointer,
  told4,
  told6,
  UP4,
  UP6,
  upDatagram4,
  upDatagram6,
} from './siit-error-packets.ts';
import { ACK, data, echo, type Ends, fragmentHeader, icmp, tcp, udp, v4, v6 } from './wire.ts';

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
