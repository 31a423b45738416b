import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumsAreRight, icmpError, udp } from '../unit/translator/packets.ts';
import { OPTIONS } from '../unit/translator/siit/options.ts';
import { arbitraryPacket, asFragment4, withClass, withHeaderChecksum } from './arbitrary-packets.ts';
import { Stand } from './translator-stand.ts';

const SERVER6 = '2001:db8:3::5';
const REMOTE6 = '2001:db8:1c0:2:21::';
const SERVER4 = '1.0.0.5';
const REMOTE4 = '192.0.2.33';
const stand = new Stand(OPTIONS);

function through(bytes: Uint8Array): Uint8Array {
  const out = stand.send(bytes);
  expect(out.length).toBe(1);
  expect(checksumsAreRight(out[0])).toBe(true);
  return out[0];
}

/** With so many hops less. */
function aged(bytes: Uint8Array, hops: number): Uint8Array {
  const out = bytes.slice();
  const six = out[0] >> 4 === 6;
  out[six ? 7 : 8] -= hops;
  return six ? out : withHeaderChecksum(out);
}

const trafficClass = fc.integer({ min: 0, max: 255 });

describe('a packet that is translated and translated back', () => {
  it('from IPv6 keeps all but two hops and its flow label', () => {
    fc.assert(
      fc.property(arbitraryPacket(SERVER6, REMOTE6), trafficClass, (bytes, value) => {
        const packet = withClass(bytes, value);
        const expected = aged(packet, 2);
        expected[1] &= 0xf0;
        expected[2] = 0;
        expect(through(through(packet))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('from IPv4 keeps all but two hops, its identification and DF', () => {
    fc.assert(
      fc.property(arbitraryPacket(REMOTE4, SERVER4), trafficClass, (bytes, value) => {
        const packet = withClass(bytes, value);
        const back = through(through(packet));
        const expected = aged(packet, 2);
        expected.set(back.subarray(4, 8), 4);
        expect(back).toEqual(withHeaderChecksum(expected));
        expect(back[6] & 0xbf).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps place and identification of an IPv4 fragment', () => {
    const parts = fc.record({
      identification: fc.integer({ min: 0, max: 65_535 }),
      units: fc.integer({ min: 1, max: 4000 }),
      more: fc.boolean(),
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 140 }), ({ identification, units, more }, words) => {
        const whole = udp(
          { src: REMOTE4, dst: SERVER4 },
          1,
          2,
          Array.from({ length: 8 * words }, (_, at) => at & 255),
        );
        const fragment = asFragment4(whole, identification, units, more);
        const [six = new Uint8Array()] = stand.send(fragment);
        expect([six[6], six.length]).toEqual([44, fragment.length + 28]);
        const [back] = stand.send(six);
        expect(back).toEqual(aged(fragment, 2));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what an ICMP error quotes', () => {
    const kinds = fc.constantFrom([1, 1], [1, 4], [3, 0], [3, 1], [2, 0]);
    fc.assert(
      fc.property(
        arbitraryPacket(REMOTE6, SERVER6),
        kinds,
        fc.integer({ min: 48, max: 500 }),
        (about, [type, code], cut) => {
          const error = icmpError(
            { src: SERVER6, dst: REMOTE6 },
            type,
            code,
            type === 2 ? 1400 : 0,
            about.subarray(0, cut),
          );
          const back = through(through(error));
          expect(back.subarray(48)).toEqual(error.subarray(48));
          expect([back[40], back[41]]).toEqual([type, code]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
