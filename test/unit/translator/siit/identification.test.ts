import { describe, expect, it } from 'vitest';
import { GSO_NONE, GSO_UDP_L4 } from '../../../../src/net/offload.ts';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../../src/translator/counters.ts';
import { createTranslator } from '../../../../src/translator/create.ts';
import { HEADROOM } from '../../../../src/translator/translator.ts';
import { udp } from '../packets.ts';
import { OPTIONS } from './options.ts';

/**
 * Translates datagrams of `sizes` bytes of payload, those above 100 as packets that the kernel will cut every 100
 * bytes. @returns their identifications
 */
function identifications(sizes: readonly number[]): number[] {
  const given: number[] = [];
  const emit = (arena: PacketArena, offset: number): void => void given.push(arena.view.getUint16(offset + 4));
  const translator = createTranslator(OPTIONS, { emit }, new TranslatorCounters());
  const arena = new PacketArena(4096);
  for (const size of sizes) {
    const datagram = udp(
      { src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::' },
      5,
      6,
      Array.from({ length: size }, () => 7),
    );
    arena.bytes.set(datagram, HEADROOM);
    const cut = size > 100;
    const offload = { partialChecksum: cut, gsoType: cut ? GSO_UDP_L4 : GSO_NONE, gsoSize: cut ? 100 : 0 };
    translator.process(arena, HEADROOM, datagram.length, offload, 0);
  }
  return given;
}

describe('identifications of packets without DF', () => {
  it('s5.1-identification-differs-for-each-packet-on-the-wire', () => {
    const [first = 0, ...others] = identifications([10, 250, 10, 300, 301, 10]);
    expect(others.map((value) => (value - first) & 0xffff)).toEqual([1, 4, 5, 8, 12]);
  });
});
