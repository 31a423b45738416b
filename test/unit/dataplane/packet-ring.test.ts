import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketRing } from '../../../src/dataplane/packet-ring.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';

interface Sent {
  readonly bytes: Uint8Array;
  readonly offload: { partialChecksum: boolean; gsoType: number; gsoSize: number };
}

const packet = fc.record({
  length: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20_000 })),
  first: fc.nat(255),
  partialChecksum: fc.boolean(),
  gsoType: fc.constantFrom(0, 1, 4, 5, 0x81),
  gsoSize: fc.nat(65_535),
});

describe('a ring of packets', () => {
  it('gives back what was put in, in order, across its end many times', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(packet, fc.nat(2)), { minLength: 40, maxLength: 90 }), (steps) => {
        const memory = PacketRing.allocate();
        const [writer, reader] = [new PacketRing(memory), new PacketRing(memory)];
        const [from, to] = [new PacketArena(66_000), new PacketArena(66_000)];
        const waiting: Sent[] = [];
        const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
        const takeOne = (): void => {
          const length = reader.take(to, 11, offload);
          const sent = waiting.shift();
          if (sent === undefined) return expect(length).toBe(0);
          expect(Buffer.compare(to.bytes.subarray(11, 11 + length), sent.bytes)).toBe(0);
          expect(offload).toEqual(sent.offload);
        };
        for (const [{ length, first, ...how }, reads] of steps) {
          const bytes = new Uint8Array(length).map((_, index) => first + index);
          from.bytes.set(bytes, 5);
          if (writer.push(from, 5, length, how)) waiting.push({ bytes, offload: how });
          expect(reader.isEmpty).toBe(waiting.length === 0);
          for (let count = 0; count < reads; count++) takeOne();
        }
        while (waiting.length > 0) takeOne();
        takeOne();
      }),
      { seed: 3, numRuns: 15 },
    );
  });

  it('takes the largest packets until it has no room, and again when one was taken out', () => {
    const memory = PacketRing.allocate();
    const [writer, reader] = [new PacketRing(memory), new PacketRing(memory)];
    const arena = new PacketArena(66_000);
    const offload = { partialChecksum: true, gsoType: 4, gsoSize: 1440 };
    let count = 0;
    while (writer.push(arena, 0, 65_575, offload)) count += 1;
    expect(count).toBe(Math.floor(2 ** 19 / (65_575 + 9)));
    expect(reader.take(arena, 0, offload)).toBe(65_575);
    expect(writer.push(arena, 0, 65_575, offload)).toBe(true);
    expect(writer.push(arena, 0, 65_575, offload)).toBe(false);
  });

  it('is filled to its last bytes, and takes nothing that needs more than these', () => {
    const memory = PacketRing.allocate();
    const [writer, reader] = [new PacketRing(memory), new PacketRing(memory)];
    const arena = new PacketArena(256);
    const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
    // Entries of 64 bytes, and one of 56: 8 bytes are left, and the smallest entry has 16.
    for (let count = 1; count < 2 ** 19 / 64; count++) expect(writer.push(arena, 0, 56, offload)).toBe(true);
    expect(writer.push(arena, 0, 48, offload)).toBe(true);
    expect(writer.push(arena, 0, 1, offload)).toBe(false);
    expect(reader.take(arena, 0, offload)).toBe(56);
    expect(writer.push(arena, 0, 56, offload)).toBe(true);
    expect(writer.push(arena, 0, 1, offload)).toBe(false);
  });
});
