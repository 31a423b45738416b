import { describe } from 'vitest';
import { conforms } from './expectation.ts';
import { siit } from './instances.ts';
import {
  answered,
  datagram,
  DOWN4,
  DOWN6,
  dropped,
  M4,
  M6,
  N4,
  N6,
  OWN4,
  own4,
  own6,
  passes,
  segment,
  UP4,
  UP6,
} from './siit-extreme-packets.ts';
import { address, data, echo, type Ends, fragmentHeader, icmp, u16, v4, v6 } from './wire.ts';

describe('s4.1-options-of-every-kind-are-left-out', () => {
  const route = (kind: number, pointer: number): number[] => [kind, 11, pointer, ...address(M4), ...address(OWN4)];
  const security = [130, 11, ...data(9)];
  const stream = [136, 4, 1, 2];
  const record = [7, 11, 8, ...address(M4), 0, 0, 0, 0];
  const stamp = [68, 20, 13, 1, ...address(M4), 1, ...data(11)];
  const sent = (options: number[]): Uint8Array =>
    v4({ ...DOWN4, protocol: 17, df: true, options: padded(options) }, datagram(DOWN4, 40));
  const out = v6({ ...DOWN6, next: 17, hops: 63 }, datagram(DOWN6, 40));
  conforms(siit(), 'siit', [
    passes(
      'security-used-up-routes-and-stream',
      sent([...security, ...route(131, 12), ...route(137, 12), ...stream]),
      out,
    ),
    passes('record-route-and-timestamp', sent([...record, ...stamp, 0]), out),
    passes('route-behind-the-end-of-options', sent([1, 0, ...route(131, 4)]), out),
    passes('route-of-which-the-length-is-wrong', sent([131, 60, 4, ...address(M4)]), out),
    ...[4, 8].flatMap((pointer) =>
      [131, 137].map((kind) => {
        const send = sent([1, 1, ...stream, ...route(kind, pointer)]);
        return answered(`route-${kind}-at-${pointer}-behind-others`, send, own4(3, 5, 0, send));
      }),
    ),
  ]);
});

function padded(options: number[]): number[] {
  return [...options, ...Array.from({ length: (4 - (options.length % 4)) % 4 }, () => 0)];
}

describe('s5.1.1-headers-behind-a-fragment-header', () => {
  const options = (next: number): number[] => [next, 0, 1, 4, 0, 0, 0, 0];
  const routing = (next: number): number[] => [next, 2, 0, 0, 0, 0, 0, 0, ...address(M6)];
  const bodies: readonly (readonly [string, number, (next: number) => number[]])[] = [
    ['hop-by-hop', 0, options],
    ['destination-options', 60, options],
    ['routing', 43, routing],
    ['authentication', 51, (next) => [next, 4, 0, 0, ...data(20)]],
    ['mobility', 135, (next) => [next, 1, 5, 0, ...data(12)]],
    ['another-fragment-header', 44, (next) => fragmentHeader(next, 0, true, 8)],
  ];
  const behind = (next: number, header: number[], more: boolean): number[] => [
    ...fragmentHeader(next, 0, more, 7),
    ...header,
    ...datagram(UP6, 40),
  ];
  conforms(siit(), 'siit', [
    ...bodies.flatMap(([name, next, make]) =>
      [true, false].map((more) => {
        const send = v6({ ...UP6, next: 44 }, behind(next, make(17), more));
        return answered(`${name}-${more ? 'of-a-fragment' : 'of-an-atomic-one'}`, send, own6(1, 1, 0, send));
      }),
    ),
    ...bodies.slice(0, 3).map(([name, next, make]) => {
      const send = v6({ ...UP6, next }, [...make(44), ...behind(next, make(17), true)]);
      return answered(`${name}-before-and-behind`, send, own6(1, 1, 0, send));
    }),
    dropped('of-a-later-fragment', v6({ ...UP6, next: 44 }, [...fragmentHeader(60, 800, true, 7), ...data(80)])),
    ...[50, 59, 33].map((next) =>
      passes(
        `protocol-${next}-is-none`,
        v6({ ...UP6, next: 44 }, [...fragmentHeader(next, 0, false, 0x01020408), ...data(24)]),
        v4({ ...UP4, protocol: next, ttl: 63, id: 0x0408 }, data(24)),
      ),
    ),
    passes(
      'no-next-header-and-nothing-behind',
      v6({ ...UP6, next: 44 }, fragmentHeader(59, 0, false, 0x01020408)),
      v4({ ...UP4, protocol: 59, ttl: 63, id: 0x0408 }, []),
    ),
    passes(
      'authentication-without-a-fragment-header-is-a-protocol',
      v6({ ...UP6, next: 51 }, data(40)),
      v4({ ...UP4, protocol: 51, ttl: 63 }, data(40)),
    ),
  ]);
});

describe('s4-and-s5-sizes-of-fragments', () => {
  const piece4 = (size: number, fields = {}): Uint8Array =>
    v4({ ...DOWN4, protocol: 6, id: 1234, mf: true, ...fields }, segment(DOWN4, size - 20));
  const whole4 = (size: number, fields = {}): Uint8Array =>
    v4({ ...DOWN4, protocol: 6, id: 1234, ...fields }, segment(DOWN4, size - 20));
  const cut = (size: number, at: number, more: boolean): Uint8Array[] => {
    const body = segment(DOWN6, size - 20);
    return [
      v6({ ...DOWN6, next: 44, hops: 63 }, [...fragmentHeader(6, 0, true, 1234), ...body.slice(0, at)]),
      v6({ ...DOWN6, next: 44, hops: 63 }, [...fragmentHeader(6, at, more, 1234), ...body.slice(at)]),
    ];
  };
  conforms(
    siit('    lowestIpv6Mtu: 1500\n'),
    'siit',
    [
      answered('df-1261-for-1280', whole4(1261, { df: true }), own4(3, 4, 1260, whole4(1261, { df: true }))),
      answered('df-fragment-1261-for-1280', piece4(1261, { df: true }), own4(3, 4, 1260, piece4(1261, { df: true }))),
      answered('df-fragment-1260-for-1280', piece4(1260, { df: true }), own4(3, 4, 1252, piece4(1260, { df: true }))),
      passes('df-1260', whole4(1260, { df: true }), v6({ ...DOWN6, next: 6, hops: 63 }, segment(DOWN6, 1240))),
      passes('no-df-1260', whole4(1260), v6({ ...DOWN6, next: 6, hops: 63 }, segment(DOWN6, 1240))),
      passes('no-df-1261-is-cut-for-the-link', whole4(1261), ...cut(1261, 1232, false)),
      passes('fragment-1268-is-cut', piece4(1268), ...cut(1268, 1232, true)),
      ...[true, false].map((df) =>
        passes(
          `fragment-1252-${df ? 'with' : 'without'}-df`,
          piece4(1252, { df }),
          v6({ ...DOWN6, next: 44, hops: 63 }, [...fragmentHeader(6, 0, true, 1234), ...segment(DOWN6, 1232)]),
        ),
      ),
    ],
    ['--mtu6', '1280'],
  );
  const six = (size: number): Uint8Array => v6({ ...UP6, next: 6 }, segment(UP6, size - 40));
  const piece6 = (size: number): Uint8Array =>
    v6({ ...UP6, next: 44 }, [...fragmentHeader(6, 0, true, 1234), ...segment(UP6, size - 48)]);
  conforms(
    siit(),
    'siit',
    [
      answered('ipv6-1421-for-1400', six(1421), own6(2, 0, 1420, six(1421))),
      answered('ipv6-fragment-1429-for-1400', piece6(1429), own6(2, 0, 1420, piece6(1429))),
      passes('ipv6-1420', six(1420), v4({ ...UP4, protocol: 6, ttl: 63, df: true }, segment(UP4, 1380))),
      passes(
        'ipv6-fragment-1428',
        piece6(1428),
        v4({ ...UP4, protocol: 6, ttl: 63, id: 1234, mf: true }, segment(UP4, 1380)),
      ),
    ],
    ['--mtu4', '1400'],
  );
  /** 64 bytes for each: fragments of 40 bytes behind the header, as 68 bytes hold no more than six eights. */
  const cut4 = (body: number[], step: number, offset: number, more: boolean): Uint8Array[] =>
    Array.from({ length: Math.ceil(body.length / step) }, (_, index) => {
      const part = body.slice(index * step, (index + 1) * step);
      const last = (index + 1) * step >= body.length;
      return v4({ ...UP4, protocol: 6, ttl: 63, id: 1234, mf: !last || more, offset: offset + index * step }, part);
    });
  conforms(
    siit(),
    'siit',
    [
      passes(
        's5.1.1-what-an-ipv6-link-must-take-is-cut',
        v6({ ...UP6, next: 44 }, [...fragmentHeader(6, 0, true, 1234), ...segment(UP6, 1232)]),
        ...cut4(segment(UP4, 1232), 552, 0, true),
      ),
      passes(
        's5.1.1-later-fragments-are-cut',
        v6({ ...UP6, next: 44 }, [...fragmentHeader(6, 1448, false, 1234), ...data(1400)]),
        ...cut4(data(1400), 552, 1448, false),
      ),
      answered('1281-is-not', six(1281), own6(2, 0, 1280, six(1281))),
    ],
    ['--mtu4', '576'],
  );
  conforms(siit('    lowestIpv6Mtu: 1402\n'), 'siit', [
    passes(
      's4.1-threshold-that-is-no-multiple-of-eight',
      v4({ ...DOWN4, protocol: 17, id: 9 }, datagram(DOWN4, 1363)),
      v6({ ...DOWN6, next: 44, hops: 63 }, [
        ...fragmentHeader(17, 0, true, 9),
        ...datagram(DOWN6, 1363).slice(0, 1352),
      ]),
      v6({ ...DOWN6, next: 44, hops: 63 }, [
        ...fragmentHeader(17, 1352, false, 9),
        ...datagram(DOWN6, 1363).slice(1352),
      ]),
    ),
    passes(
      's4.1-threshold-is-not-for-df',
      v4({ ...DOWN4, protocol: 17, df: true }, datagram(DOWN4, 1363)),
      v6({ ...DOWN6, next: 17, hops: 63 }, datagram(DOWN6, 1363)),
    ),
  ]);
});

describe('s4.1-s4.2-illegal-sources', () => {
  const quote4 = v4({ ...UP4, protocol: 17, ttl: 5 }, datagram(UP4, 40));
  const quote6 = v6({ ...UP6, next: 17, hops: 5 }, datagram(UP6, 40));
  const illegal: readonly (readonly [string, string])[] = [
    ['127.0.0.1', '2001:db8:17f:0:1::'],
    ['0.0.0.0', '2001:db8:100::'],
    ['224.0.0.9', '2001:db8:1e0:0:9::'],
    ['255.255.255.255', '2001:db8:1ff:ffff:ff::'],
  ];
  conforms(siit(), 'siit', [
    ...illegal.map(([src, told]) =>
      passes(
        `error-from-${src}-goes-on`,
        v4({ src, dst: N4, protocol: 1 }, icmp({ src, dst: N4 }, 11, 0, 0, [...quote4])),
        v6({ src: told, dst: N6, next: 58, hops: 63 }, icmp({ src: told, dst: N6 }, 3, 0, 0, [...quote6])),
      ),
    ),
    ...illegal.flatMap(([src]) => [
      dropped(`datagram-from-${src}`, v4({ src, dst: N4, protocol: 17 }, datagram({ src, dst: N4 }, 40))),
      dropped(`echo-from-${src}`, v4({ src, dst: N4, protocol: 1 }, echo({ src, dst: N4 }, 8, 1, data(8)))),
    ]),
    ...['::1', '::', 'ff02::1', 'fe80::5', 'febf::5'].map((src) =>
      dropped(`s5.1-datagram-from-${src}`, v6({ src, dst: M6, next: 17 }, datagram({ src, dst: M6 }, 40))),
    ),
    ...['127.0.0.1', '224.0.0.1', '255.255.255.255'].map((dst) =>
      dropped(`datagram-to-${dst}`, v4({ src: M4, dst, protocol: 17 }, datagram({ src: M4, dst }, 40))),
    ),
  ]);
});

describe('lengths-of-captured-packets', () => {
  const whole4 = v4({ ...DOWN4, protocol: 17, df: true }, datagram(DOWN4, 20));
  const whole6 = v6({ ...UP6, next: 17 }, datagram(UP6, 20));
  const trailer = (packet: Uint8Array): Uint8Array => Uint8Array.from([...packet, ...data(18)]);
  conforms(siit(), 'siit', [
    passes('trailer-of-ipv4-is-left-out', trailer(whole4), v6({ ...DOWN6, next: 17, hops: 63 }, datagram(DOWN6, 20))),
    passes('trailer-of-ipv6-is-left-out', trailer(whole6), v4({ ...UP4, protocol: 17, ttl: 63 }, datagram(UP4, 20))),
    dropped('ipv4-cut-off', whole4.subarray(0, whole4.length - 1)),
    dropped('ipv6-cut-off', whole6.subarray(0, whole6.length - 1)),
    dropped('ipv4-header-cut-off', whole4.subarray(0, 19)),
    dropped('ipv6-header-cut-off', whole6.subarray(0, 39)),
    dropped('header-shorter-than-itself', Uint8Array.from([0x44, ...whole4.subarray(1)])),
    dropped(
      'total-length-shorter-than-the-header',
      v4({ ...DOWN4, protocol: 17, totalLength: 19 }, datagram(DOWN4, 20)),
    ),
    dropped('version-5', Uint8Array.from([0x55, ...whole4.subarray(1)])),
    dropped('nothing', new Uint8Array()),
    passes(
      'udp-length-of-its-own-is-not-judged',
      v4({ ...DOWN4, protocol: 17, df: true }, other(DOWN4)),
      v6({ ...DOWN6, next: 17, hops: 63 }, other(DOWN6)),
    ),
  ]);
});

/**
 * A datagram whose own length field says less than there is; RFC 768 sums over what it says, but a translator changes
 * no more than it must.
 */
function other(ends: Ends): number[] {
  const body = datagram(ends, 20);
  const field = (body[6] ?? 0) * 256 + (body[7] ?? 0);
  // The sum as it is for the full length, with the field lowered by 4: one's complement arithmetic.
  const sum = field + 4;
  return body
    .with(5, 16)
    .with(6, (sum >> 8) & 255)
    .with(7, sum & 255)
    .map((byte, at) => (at === 4 ? (u16(16)[0] ?? 0) : byte));
}
