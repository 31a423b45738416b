import { describe } from 'vitest';
import { type Case, conforms } from './expectation.ts';
import { siit, siitWith } from './instances.ts';
import {
  datagram,
  DOWN4,
  DOWN6,
  dropped,
  M4,
  M6,
  N4,
  N6,
  OWN4,
  passes,
  segment,
  UP4,
  UP6,
} from './siit-extreme-packets.ts';
import { data, echo, type Ends, fragmentHeader, icmp, v4, v6 } from './wire.ts';

describe('s5.1.1-errors-in-an-atomic-fragment', () => {
  const inner4 = v4({ ...DOWN4, protocol: 17, ttl: 5, id: 0x4321 }, datagram(DOWN4, 40));
  const inner6 = v6({ ...DOWN6, next: 44, hops: 5 }, [
    ...fragmentHeader(17, 0, false, 0x87654321),
    ...datagram(DOWN6, 40),
  ]);
  const body = icmp(UP6, 1, 4, 0, [...inner6]);
  const seen = icmp(UP4, 3, 3, 0, [...inner4]);
  // The checksum of the whole is told by a packet that is a fragment: nothing of it is anybody's choice.
  conforms(siit(), 'siit', [
    {
      name: 'identifications-are-those-of-the-fragment-headers',
      send: v6({ ...UP6, next: 44 }, [...fragmentHeader(58, 0, false, 0x12345678), ...body]),
      verdict: 'translated',
      out: [v4({ ...UP4, protocol: 1, ttl: 63, id: 0x5678 }, seen)],
      identified: true,
    },
    {
      name: 'as-is-that-of-an-echo',
      send: v6({ ...UP6, next: 44 }, [...fragmentHeader(58, 0, false, 0x12345678), ...echo(UP6, 128, 5, data(20))]),
      verdict: 'translated',
      out: [v4({ ...UP4, protocol: 1, ttl: 63, id: 0x5678 }, echo(UP4, 8, 5, data(20)))],
      identified: true,
    },
    {
      name: 'and-of-a-datagram',
      send: v6({ ...UP6, next: 44 }, [...fragmentHeader(17, 0, false, 0x12345678), ...datagram(UP6, 30)]),
      verdict: 'translated',
      out: [v4({ ...UP4, protocol: 17, ttl: 63, id: 0x5678 }, datagram(UP4, 30))],
      identified: true,
    },
  ]);
});

describe('s4.5-s5.5-wrong-checksums-stay-as-wrong', () => {
  const wrong = (body: number[], at: number): number[] => {
    const field = (body[at] ?? 0) * 256 + (body[at + 1] ?? 0);
    const sum = field + 0x1234;
    return body
      .with(at, (((sum & 0xffff) + (sum >> 16)) >> 8) & 255)
      .with(at + 1, ((sum & 0xffff) + (sum >> 16)) & 255);
  };
  const rows: readonly (readonly [string, number, number, (ends: Ends) => number[], (ends: Ends) => number[]])[] = [
    ['udp', 17, 17, (ends) => wrong(datagram(ends, 60), 6), (ends) => wrong(datagram(ends, 60), 6)],
    ['tcp', 6, 6, (ends) => wrong(segment(ends, 60), 16), (ends) => wrong(segment(ends, 60), 16)],
    ['echo', 1, 58, (ends) => wrong(echo(ends, 8, 3, data(9)), 2), (ends) => wrong(echo(ends, 128, 3, data(9)), 2)],
  ];
  conforms(siit(), 'siit', [
    ...rows.flatMap(([name, protocol, next, four, six]) => [
      passes(
        `${name}-to-ipv6`,
        v4({ ...DOWN4, protocol, df: true }, four(DOWN4)),
        v6({ ...DOWN6, next, hops: 63 }, six(DOWN6)),
      ),
      passes(`${name}-to-ipv4`, v6({ ...UP6, next }, six(UP6)), v4({ ...UP4, protocol, ttl: 63 }, four(UP4))),
    ]),
    dropped(
      'error-to-ipv4',
      v6({ ...UP6, next: 58 }, wrong(icmp(UP6, 1, 0, 0, [...v6({ ...DOWN6, next: 17 }, datagram(DOWN6, 20))]), 2)),
    ),
  ]);
});

describe('rfc4884-room-for-extensions', () => {
  const quote4 = (size: number): Uint8Array => v4({ ...UP4, protocol: 17, ttl: 5 }, datagram(UP4, size - 20));
  const quote6 = (size: number): Uint8Array => v6({ ...UP6, next: 17, hops: 5 }, datagram(UP6, size - 40));
  const down4 = (size: number): Uint8Array => v4({ ...DOWN4, protocol: 17, ttl: 5 }, datagram(DOWN4, size - 20));
  const down6 = (size: number): Uint8Array => v6({ ...DOWN6, next: 17, hops: 5 }, datagram(DOWN6, size - 40));
  const zeros = (count: number): number[] => Array.from({ length: Math.max(0, count) }, () => 0);
  const fit = (bytes: Uint8Array, to: number): number[] => [...bytes.subarray(0, to), ...zeros(to - bytes.length)];
  const R4 = { src: M4, dst: N4 };
  const R6 = { src: M6, dst: N6 };
  /** An error from the IPv4 side with `quoted` bytes of quote and so many of extension, and what is left of both. */
  const up = (name: string, quoted: number, extension: number, left: number, kept: number): Case => {
    const body = [...quote4(quoted), ...data(extension)];
    const told =
      kept === 0 ? [...quote6(quoted + 20).subarray(0, left)] : [...fit(quote6(quoted + 20), left), ...data(kept)];
    const word = kept === 0 ? 0 : (left / 8) * 0x1000000;
    return passes(
      name,
      v4({ ...R4, protocol: 1, df: true }, icmp(R4, 11, 0, (quoted / 4) * 0x10000, body)),
      v6({ ...R6, next: 58, hops: 63 }, icmp(R6, 3, 0, word, told)),
    );
  };
  const down = (name: string, quoted: number, extension: number, left: number, kept: number): Case => {
    const body = [...down6(quoted), ...data(extension)];
    const told =
      kept === 0 ? [...down4(quoted - 20).subarray(0, left)] : [...fit(down4(quoted - 20), left), ...data(kept)];
    return passes(
      name,
      v6({ ...UP6, next: 58 }, icmp(UP6, 3, 0, (quoted / 8) * 0x1000000, body)),
      v4({ ...UP4, protocol: 1, ttl: 63 }, icmp(UP4, 11, 0, kept === 0 ? 0 : (left / 4) * 0x10000, told)),
    );
  };
  conforms(siit(), 'siit', [
    up('to-ipv6-all-fits', 132, 40, 152, 40),
    up('to-ipv6-just-fits', 572, 640, 592, 640),
    up('to-ipv6-largest-quote-just-fits', 1020, 192, 1040, 192),
    up('to-ipv6-largest-extension-just-fits', 132, 1080, 152, 1080),
    up('to-ipv6-quote-cut', 580, 640, 592, 640),
    up('to-ipv6-quote-cut-by-eight', 1020, 200, 1032, 200),
    up('to-ipv6-quote-cut-to-the-least', 1020, 1104, 128, 1104),
    up('to-ipv6-extension-does-not-fit', 128, 1105, 148, 0),
    up('to-ipv6-extension-does-not-fit-with-a-large-quote', 1020, 1105, 1040, 0),
    up('to-ipv6-odd-bytes-left-out', 128, 20, 144, 20),
    up('to-ipv6-short-quote-padded', 28, 40, 128, 40),
    up('to-ipv6-quote-that-becomes-long-enough', 108, 40, 128, 40),
    down('to-ipv4-just-fits', 528, 40, 508, 40),
    down('to-ipv4-quote-cut', 536, 40, 508, 40),
    down('to-ipv4-quote-cut-a-lot', 1192, 40, 508, 40),
    down('to-ipv4-largest-extension-just-fits', 128, 420, 128, 420),
    down('to-ipv4-extension-does-not-fit', 128, 421, 108, 0),
    down('to-ipv4-neither-fits', 576, 521, 548, 0),
    down('to-ipv4-short-quote-padded', 48, 40, 128, 40),
    down('to-ipv4-quote-that-was-long-enough', 144, 40, 128, 40),
    passes(
      'length-longer-than-the-message-is-none',
      v6({ ...UP6, next: 58 }, icmp(UP6, 3, 0, 100 * 0x1000000, [...down6(136)])),
      v4({ ...UP4, protocol: 1, ttl: 63 }, icmp(UP4, 11, 0, 0, [...down4(116)])),
    ),
    passes(
      'length-of-all-that-there-is',
      v6({ ...UP6, next: 58 }, icmp(UP6, 3, 0, 17 * 0x1000000, [...down6(136)])),
      v4({ ...UP4, protocol: 1, ttl: 63 }, icmp(UP4, 11, 0, 0, [...down4(116)])),
    ),
    passes(
      's4.3-cut-to-1280-whatever-the-threshold',
      v4({ ...R4, protocol: 1, df: true }, icmp(R4, 3, 1, 0, [...quote4(1233)])),
      v6({ ...R6, next: 58, hops: 63 }, icmp(R6, 1, 0, 0, [...quote6(1253).subarray(0, 1232)])),
    ),
    ...[400, 1280, 1500].map((size) =>
      passes(
        `s4.3-error-of-${size}-bytes`,
        v4({ ...R4, protocol: 1, df: true }, icmp(R4, 3, 1, 0, [...quote4(size - 28)])),
        v6({ ...R6, next: 58, hops: 63 }, icmp(R6, 1, 0, 0, [...quote6(size - 8).subarray(0, 1232)])),
      ),
    ),
    ...[400, 604, 605, 700, 1280].map((size) =>
      passes(
        `s5.3-error-of-${size}-bytes`,
        v6({ ...UP6, next: 58 }, icmp(UP6, 1, 0, 0, [...down6(size - 48)])),
        v4({ ...UP4, protocol: 1, ttl: 63 }, icmp(UP4, 3, 1, 0, [...down4(size - 68).subarray(0, 548)])),
      ),
    ),
  ]);
});

describe('rfc6791-without-a-prefix-that-serves', () => {
  const quote4 = v4({ ...UP4, protocol: 17, ttl: 5 }, datagram(UP4, 40));
  const quote6 = v6({ ...UP6, next: 17, hops: 5 }, datagram(UP6, 40));
  const back4 = v4({ ...DOWN4, protocol: 17, ttl: 5 }, datagram(DOWN4, 40));
  const back6 = v6({ ...DOWN6, next: 17, hops: 5 }, datagram(DOWN6, 40));
  const stranger = { src: '2.0.0.2', dst: N4 };
  const told = (src: string): Uint8Array =>
    v6({ src, dst: N6, next: 58, hops: 63 }, icmp({ src, dst: N6 }, 3, 0, 0, [...quote6]));
  const send = v4({ ...stranger, protocol: 1 }, icmp(stranger, 11, 0, 0, [...quote4]));
  const eams = `      - { v6: "2001:db8:1c6:3364::/72", v4: 198.51.100.0/24 }
      - { v6: "2001:db8:1c0:2::/72", v4: 192.0.2.0/24 }
`;
  const config = (more: string): string =>
    siitWith('[]', eams, more).replace('source4: 198.51.100.1', 'source4: 198.51.100.1, source6: "2001:db8:1c0:2:1::"');
  conforms(config('    rfc6791: { v6: ["2::2/128"] }\n'), 'siit', [
    passes('error-from-a-stranger-has-a-source-of-the-pool', send, told('2::2')),
    dropped('datagram-from-a-stranger', v4({ ...stranger, protocol: 17 }, datagram(stranger, 40))),
    passes(
      'both-mapped',
      v4({ ...DOWN4, protocol: 17, df: true }, datagram(DOWN4, 40)),
      v6({ ...DOWN6, next: 17, hops: 63 }, datagram(DOWN6, 40)),
    ),
  ]);
  const lost = { src: '4000::1', dst: M6 };
  const from6 = v6({ ...lost, next: 58 }, icmp(lost, 3, 0, 0, [...back6]));
  const seen = (src: string): Uint8Array =>
    v4({ src, dst: M4, protocol: 1, ttl: 63 }, icmp({ src, dst: M4 }, 11, 0, 0, [...back4]));
  conforms(config(''), 'siit', [passes('error-to-ipv4-has-the-own-source', from6, seen(OWN4))]);
  conforms(siit(), 'siit', [
    passes('error-to-ipv4-has-a-source-of-the-pool', from6, seen('203.0.113.8')),
    {
      name: 'error-about-a-hairpin-has-it-behind-the-prefix',
      send: v6(
        { src: '2001:db8::5', dst: '2001:db8:101:0:1::', next: 58 },
        icmp({ src: '2001:db8::5', dst: '2001:db8:101:0:1::' }, 1, 0, 0, [
          ...v6(
            { src: '2001:db8:101:0:1::', dst: '2001:db8:3::9', next: 17 },
            datagram({ src: '2001:db8:101:0:1::', dst: '2001:db8:3::9' }, 12),
          ),
        ]),
      ),
      verdict: 'hairpinned',
      out: [
        v6(
          { src: '2001:db8:1cb:71:8::', dst: '2001:db8:3::1', next: 58, hops: 63 },
          icmp({ src: '2001:db8:1cb:71:8::', dst: '2001:db8:3::1' }, 1, 0, 0, [
            ...v6(
              { src: '2001:db8:3::1', dst: '2001:db8:101:0:9::', next: 17 },
              datagram({ src: '2001:db8:3::1', dst: '2001:db8:101:0:9::' }, 12),
            ),
          ]),
        ),
      ],
    },
  ]);
});
