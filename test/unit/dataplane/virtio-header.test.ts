import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVirtioHeader, writeVirtioHeader } from '../../../src/dataplane/virtio-header.ts';
import { LITTLE_ENDIAN, VIRTIO_HEADER_SIZE } from '../../../src/linux/tun.ts';
import { GSO_ECN, GSO_NONE, GSO_TCPV4, GSO_TCPV6, GSO_UDP_L4 } from '../../../src/net/offload.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';

/** The fields of linux/virtio_net.h, each read on its own. */
function fields(header: DataView): Record<string, number> {
  return {
    flags: header.getUint8(0),
    gsoType: header.getUint8(1),
    headers: header.getUint16(2, LITTLE_ENDIAN),
    gsoSize: header.getUint16(4, LITTLE_ENDIAN),
    start: header.getUint16(6, LITTLE_ENDIAN),
    offset: header.getUint16(8, LITTLE_ENDIAN),
  };
}

const emptyHeader = (): DataView => new DataView(new ArrayBuffer(VIRTIO_HEADER_SIZE));
const OFFSET = 128;

function ipv4(protocol: number, headerWords: number, tcpWords: number, payload: number): [PacketArena, number] {
  const transport = protocol === 6 ? tcpWords * 4 : 8;
  const length = headerWords * 4 + transport + payload;
  const arena = new PacketArena(OFFSET + length);
  arena.bytes[OFFSET] = 0x40 | headerWords;
  arena.bytes[OFFSET + 9] = protocol;
  if (protocol === 6) arena.bytes[OFFSET + headerWords * 4 + 12] = tcpWords << 4;
  return [arena, length];
}

/** An IPv6 packet with this chain of extension headers: [number, length in bytes]. */
function ipv6(
  chain: ReadonlyArray<readonly [number, number]>,
  protocol: number,
  transport: number,
): [PacketArena, number] {
  const length = 40 + chain.reduce((sum, [, size]) => sum + size, 0) + transport;
  const arena = new PacketArena(OFFSET + length);
  arena.bytes[OFFSET] = 0x60;
  let at = OFFSET + 40;
  let numberAt = OFFSET + 6;
  for (const [number, size] of chain) {
    arena.bytes[numberAt] = number;
    numberAt = at;
    if (number !== 44) arena.bytes[at + 1] = size / 8 - 1;
    at += size;
  }
  arena.bytes[numberAt] = protocol;
  if (protocol === 6) arena.bytes[at + 12] = 5 << 4;
  return [arena, length];
}

describe('reading the virtio-net header', () => {
  it('takes the flag, type and size, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: VIRTIO_HEADER_SIZE, maxLength: VIRTIO_HEADER_SIZE }), (bytes) => {
        const header = new DataView(bytes.slice().buffer);
        const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
        readVirtioHeader(header, offload);
        expect(offload).toEqual({
          partialChecksum: bytes[0] % 2 === 1,
          gsoType: bytes[1],
          gsoSize: new Uint16Array(bytes.slice(4, 6).buffer)[0],
        });
      }),
    );
  });
});

describe('writing the virtio-net header', () => {
  it('is all zero for a complete packet, whatever was there before', () => {
    const header = emptyHeader();
    for (let at = 0; at < VIRTIO_HEADER_SIZE; at++) header.setUint8(at, 0xff);
    const [arena, length] = ipv4(6, 5, 5, 100);
    const offload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
    expect(writeVirtioHeader(header, arena, OFFSET, length, offload)).toBe(true);
    expect(Object.values(fields(header))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('says where the checksum goes and how long the headers of each TCP segment are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 15 }),
        fc.integer({ min: 5, max: 15 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 65_535 }),
        fc.boolean(),
        (headerWords, tcpWords, payload, gsoSize, ecn) => {
          const header = emptyHeader();
          const [arena, length] = ipv4(6, headerWords, tcpWords, payload);
          const gsoType = GSO_TCPV4 | (ecn ? GSO_ECN : 0);
          expect(writeVirtioHeader(header, arena, OFFSET, length, { partialChecksum: true, gsoType, gsoSize })).toBe(
            true,
          );
          const start = headerWords * 4;
          const headers = start + tcpWords * 4;
          expect(fields(header)).toEqual({ flags: 1, gsoType, headers, gsoSize, start, offset: 16 });
        },
      ),
    );
  });

  it('finds the transport header of IPv6 behind extension headers', () => {
    const extension = fc.tuple(fc.constantFrom(0, 43, 60, 44), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(fc.array(extension, { maxLength: 4 }), (chosen) => {
        const chain = chosen.map(([number, units]): [number, number] => [number, number === 44 ? 8 : units * 8]);
        const [arena, length] = ipv6(chain, 17, 200);
        const header = emptyHeader();
        const offload = { partialChecksum: true, gsoType: GSO_UDP_L4, gsoSize: 64 };
        expect(writeVirtioHeader(header, arena, OFFSET, length, offload)).toBe(true);
        const start = 40 + chain.reduce((sum, [, size]) => sum + size, 0);
        expect(fields(header)).toEqual({
          flags: 1,
          gsoType: GSO_UDP_L4,
          headers: start + 8,
          gsoSize: 64,
          start,
          offset: 6,
        });
      }),
    );
  });

  it('puts a partial ICMPv6 checksum at its place', () => {
    const header = emptyHeader();
    const [arena, length] = ipv6([], 58, 64);
    const offload = { partialChecksum: true, gsoType: GSO_NONE, gsoSize: 0 };
    expect(writeVirtioHeader(header, arena, OFFSET, length, offload)).toBe(true);
    expect(fields(header)).toMatchObject({ flags: 1, start: 40, offset: 2 });
  });

  it.each([
    ['TCP segments of a UDP packet', 17, { partialChecksum: true, gsoType: GSO_TCPV4, gsoSize: 1000 }],
    ['UDP segments of a TCP packet', 6, { partialChecksum: true, gsoType: GSO_UDP_L4, gsoSize: 1000 }],
    ['segments of no size', 6, { partialChecksum: true, gsoType: GSO_TCPV4, gsoSize: 0 }],
    ['a partial checksum of an unknown transport', 132, { partialChecksum: true, gsoType: GSO_NONE, gsoSize: 0 }],
  ])('refuses %s', (_what, protocol, offload) => {
    const [arena, length] = ipv4(protocol, 5, 5, 100);
    expect(writeVirtioHeader(emptyHeader(), arena, OFFSET, length, offload)).toBe(false);
  });

  it('reads nothing behind the end of any packet, and never throws', () => {
    const offload = fc.record({
      partialChecksum: fc.boolean(),
      gsoType: fc.constantFrom(GSO_NONE, GSO_TCPV4, GSO_TCPV6, GSO_UDP_L4),
      gsoSize: fc.integer({ min: 0, max: 65_535 }),
    });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 120 }), offload, (packet, wanted) => {
        const arena = new PacketArena(OFFSET + packet.length);
        arena.bytes.set(packet, OFFSET);
        const header = emptyHeader();
        if (!writeVirtioHeader(header, arena, OFFSET, packet.length, wanted)) return;
        const { flags, headers, start, offset } = fields(header);
        if (flags === 0) return;
        expect(start + offset + 2).toBeLessThanOrEqual(packet.length);
        expect(headers).toBeLessThanOrEqual(packet.length);
      }),
    );
  });
});
