import { describe } from 'vitest';
import { type Case, conforms } from './expectation.ts';
import { siitWith } from './instances.ts';
import { data, type Ends, icmp, udp, v4, v6 } from './wire.ts';

const H4 = '192.0.2.33';
const SERVER4 = '1.0.0.5';
const SERVER6 = '2001:db8:3::5';
const small = (ends: Ends): number[] => udp(ends, 4000, 53, data(40));
const six = (ends: Ends, fields = {}): Uint8Array => v6({ ...ends, next: 17, ...fields }, small(ends));
const four = (ends: Ends, fields = {}): Uint8Array => v4({ ...ends, protocol: 17, ...fields }, small(ends));

/** The examples of RFC 6052 section 2.4. */
const EMBEDDED: readonly (readonly [string, string])[] = [
  ['2001:db8::/32', '2001:db8:c000:221::'],
  ['2001:db8:100::/40', '2001:db8:1c0:2:21::'],
  ['2001:db8:122::/48', '2001:db8:122:c000:2:2100::'],
  ['2001:db8:122:300::/56', '2001:db8:122:3c0:0:221::'],
  ['2001:db8:122:344::/64', '2001:db8:122:344:c0:2:2100::'],
  ['2001:db8:122:344::/96', '2001:db8:122:344::192.0.2.33'],
];

describe('rfc6052-s2.4-each-length', () => {
  const EAM = '      - { v6: "fd00:5::/120", v4: 1.0.0.0/24 }\n';
  for (const [prefix, address] of EMBEDDED) {
    const up6 = { src: 'fd00:5::5', dst: address };
    const down6 = { src: address, dst: 'fd00:5::5' };
    const up4 = { src: SERVER4, dst: H4 };
    const down4 = { src: H4, dst: SERVER4 };
    describe(`prefix ${prefix}`, () => {
      conforms(siitWith(`[${prefix}]`, EAM), 'siit', [
        { name: 'to-ipv4', send: six(up6), verdict: 'translated', out: [four(up4, { ttl: 63 })] },
        { name: 'to-ipv6', send: four(down4), verdict: 'translated', out: [six(down6, { hops: 63 })] },
      ]);
    });
  }
});

describe('rfc7757-mappings', () => {
  /** Overlapping entries and suffixes of every kind: the longest prefix decides. */
  const EAMS = `      - { v6: "2001:db8:aaaa::", v4: 198.51.100.1 }
      - { v6: "2001:db8:bbbb::b/128", v4: 198.51.100.2/32 }
      - { v6: "2001:db8:cccc::/120", v4: 198.51.100.16/28 }
      - { v6: "2001:db8:dddd::/64", v4: 198.51.100.32/27 }
      - { v6: "2001:db8:eeee:8000::/62", v4: 198.51.100.128/26 }
`;
  const there = '2001:db8:1c0:2:21::';
  const maps = (name: string, v6text: string, v4text: string): Case[] => {
    const up6 = { src: v6text, dst: there };
    const down6 = { src: there, dst: v6text };
    return [
      {
        name: `${name}-to-ipv4`,
        send: six(up6),
        verdict: 'translated',
        out: [four({ src: v4text, dst: H4 }, { ttl: 63 })],
      },
      {
        name: `${name}-to-ipv6`,
        send: four({ src: H4, dst: v4text }),
        verdict: 'translated',
        out: [six(down6, { hops: 63 })],
      },
    ];
  };
  conforms(siitWith('[2001:db8:100::/40]', EAMS), 'siit', [
    ...maps('s3.2-address-to-address', '2001:db8:aaaa::', '198.51.100.1'),
    ...maps('s3.2-host-prefixes', '2001:db8:bbbb::b', '198.51.100.2'),
    ...maps('s3.2-first-of-a-prefix', '2001:db8:cccc::', '198.51.100.16'),
    ...maps('s3.2-suffix-bits-move', '2001:db8:cccc::70', '198.51.100.23'),
    ...maps('s3.2-last-of-a-prefix', '2001:db8:cccc::f0', '198.51.100.31'),
    ...maps('s3.2-suffix-from-bit-64', '2001:db8:dddd:0:f800::', '198.51.100.63'),
    ...maps('s3.2-suffix-across-words', '2001:db8:eeee:8003:f000::', '198.51.100.191'),
    {
      name: 's3.2-without-an-entry-pool6-serves',
      send: four({ src: H4, dst: '198.51.100.200' }),
      verdict: 'translated',
      out: [six({ src: there, dst: '2001:db8:1c6:3364:c8::' }, { hops: 63 })],
    },
  ]);
});

describe('rfc7757-s4-hairpins', () => {
  const A4 = '1.0.0.6';
  const A6 = '2001:db8:3::6';
  /** The other server behind pool6, as a client without a look at the mappings names it. */
  const SERVER_BEHIND = '2001:db8:101:0:5::';
  const A_BEHIND = '2001:db8:101:0:6::';
  const EAM = '      - { v6: 2001:db8:3::/120, v4: 1.0.0.0/24 }\n';
  /** The embedded form of the address that the translator's own errors come from. */
  const OWN6 = '2001:db8:1c6:3364:1::';
  const sent = { src: A6, dst: SERVER_BEHIND };
  const seen = { src: A_BEHIND, dst: SERVER6 };
  const config = (mode: string): string => siitWith('[2001:db8:100::/40]', EAM, `    eamHairpin: ${mode}\n`);
  conforms(config('intrinsic'), 'siit', [
    {
      name: 'intrinsic-comes-back-translated-twice',
      send: six(sent),
      verdict: 'hairpinned',
      out: [six(seen, { hops: 63 })],
    },
    {
      name: 'intrinsic-answer',
      send: six({ src: SERVER6, dst: A_BEHIND }),
      verdict: 'hairpinned',
      out: [six({ src: SERVER_BEHIND, dst: A6 }, { hops: 63 })],
    },
    {
      name: 'intrinsic-error-about-a-hairpinned-packet',
      send: v6(
        { src: SERVER6, dst: A_BEHIND, next: 58 },
        icmp({ src: SERVER6, dst: A_BEHIND }, 1, 4, 0, [...six(seen, { hops: 63 })]),
      ),
      verdict: 'hairpinned',
      out: [
        v6(
          { src: SERVER_BEHIND, dst: A6, next: 58, hops: 63 },
          icmp({ src: SERVER_BEHIND, dst: A6 }, 1, 4, 0, [...six(sent, { hops: 63 })]),
        ),
      ],
    },
    {
      name: 'intrinsic-is-one-hop',
      send: six(sent, { hops: 2 }),
      verdict: 'hairpinned',
      out: [six(seen, { hops: 1 })],
    },
    {
      name: 'intrinsic-with-all-hops',
      send: six(sent, { hops: 255 }),
      verdict: 'hairpinned',
      out: [six(seen, { hops: 254 })],
    },
    {
      name: 'intrinsic-hop-limit-used-up',
      send: six(sent, { hops: 1 }),
      verdict: 'error',
      out: [v6({ src: OWN6, dst: A6, next: 58 }, icmp({ src: OWN6, dst: A6 }, 3, 0, 0, [...six(sent, { hops: 1 })]))],
    },
  ]);
  conforms(config('none'), 'siit', [
    {
      name: 'none-goes-out',
      send: six(sent),
      verdict: 'translated',
      out: [four({ src: A4, dst: SERVER4 }, { ttl: 63 })],
    },
    {
      name: 'none-comes-in-by-the-mappings',
      send: four({ src: A4, dst: SERVER4 }),
      verdict: 'translated',
      out: [six({ src: A6, dst: SERVER6 }, { hops: 63 })],
    },
  ]);
  conforms(config('simple'), 'siit', [
    {
      name: 'simple-goes-out',
      send: six(sent),
      verdict: 'translated',
      out: [four({ src: A4, dst: SERVER4 }, { ttl: 63 })],
    },
    {
      name: 'simple-comes-in-with-its-source-in-pool6',
      send: four({ src: A4, dst: SERVER4 }),
      verdict: 'translated',
      out: [six({ src: A_BEHIND, dst: SERVER6 }, { hops: 63 })],
    },
    {
      name: 'simple-other-sources-as-usual',
      send: four({ src: H4, dst: SERVER4 }),
      verdict: 'translated',
      out: [six({ src: '2001:db8:1c0:2:21::', dst: SERVER6 }, { hops: 63 })],
    },
  ]);
});
