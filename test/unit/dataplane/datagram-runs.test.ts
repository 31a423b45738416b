import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DatagramRun, DatagramRuns, LONGEST_RUN } from '../../../src/dataplane/datagram-runs.ts';
import { GSO_NONE, GSO_UDP_L4 } from '../../../src/net/offload.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';

/*
 * The oracle is a kernel of a few lines: it cuts what it is given as `__udp_gso_segment` and `inet_gso_segment` do
 * (lengths anew, identification counted on, checksum computed over the result), and the packets that come out must be
 * those that went in.
 */

interface Datagram {
  readonly family: 4 | 6;
  readonly flow: number;
  readonly payload: Uint8Array;
  readonly tos: number;
  readonly ttl: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly damaged: boolean;
}

const ROOM = 2048;

function onesSum(bytes: Uint8Array, start = 0): number {
  let sum = start;
  for (let index = 0; index < bytes.length; index += 2) sum += bytes[index] * 256 + (bytes[index + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 65_536) + Math.floor(sum / 65_536);
  return sum;
}

const headerSize = (packet: Uint8Array): number => (packet[0] >> 4 === 4 ? 20 : 40);

function pseudoSum(packet: Uint8Array): number {
  const header = headerSize(packet);
  const addresses = packet.subarray(header === 20 ? 12 : 8, header);
  return onesSum(addresses, 17 + packet.length - header);
}

function setWord(packet: Uint8Array, at: number, value: number): void {
  packet[at] = value >> 8;
  packet[at + 1] = value & 255;
}

/** Lengths, IPv4 header checksum and UDP checksum of a packet, as a sender computes them. */
function completed(packet: Uint8Array): Uint8Array {
  const header = headerSize(packet);
  if (header === 20) {
    setWord(packet, 2, packet.length);
    setWord(packet, 10, 0);
    setWord(packet, 10, 65_535 - onesSum(packet.subarray(0, 20)));
  } else setWord(packet, 4, packet.length - 40);
  setWord(packet, header + 4, packet.length - header);
  setWord(packet, header + 6, 0);
  const checksum = 65_535 - onesSum(packet.subarray(header), pseudoSum(packet));
  setWord(packet, header + 6, checksum === 0 ? 65_535 : checksum);
  return packet;
}

function packetOf(datagram: Datagram): Uint8Array {
  const { family, flow, payload, tos, ttl, identification, dontFragment, damaged } = datagram;
  const header = family === 4 ? 20 : 40;
  const packet = new Uint8Array(header + 8 + payload.length);
  if (family === 4) {
    packet.set([0x45, tos, 0, 0, identification >> 8, identification & 255, dontFragment ? 0x40 : 0, 0, ttl, 17]);
    packet.set([192, 0, 2, 1, 198, 51, 100, flow], 12);
  } else {
    packet.set([0x60 | (tos >> 4), (tos & 15) << 4, 0, 0, 0, 0, 17, ttl, 0x20, 1, 13, 0xb8]);
    packet.set([0, 0x64, 0xff, 0x9b], 24);
    packet[39] = flow;
  }
  packet.set([4, 0, 0, 53], header);
  packet.set(payload, header + 8);
  completed(packet);
  if (damaged) packet[header + 8] ^= 1;
  return packet;
}

/** What the kernel makes of a packet that it is told to cut every `size` bytes of payload. */
function cut(packet: Uint8Array, size: number): Uint8Array[] {
  const header = headerSize(packet);
  const partial = packet[header + 6] * 256 + packet[header + 7];
  expect(partial, 'the sum of the pseudo-header of the whole').toBe(pseudoSum(packet));
  if (header === 20) expect(onesSum(packet.subarray(0, 20)), 'the header checksum of the whole').toBe(0xffff);
  const pieces: Uint8Array[] = [];
  for (let at = header + 8; at < packet.length; at += size) {
    const piece = new Uint8Array([...packet.subarray(0, header + 8), ...packet.subarray(at, at + size)]);
    if (header === 20) setWord(piece, 4, (packet[4] * 256 + packet[5] + pieces.length) & 0xffff);
    pieces.push(completed(piece));
  }
  return pieces;
}

const gathered = (arena: PacketArena, { offsets, lengths, count }: DatagramRun): Uint8Array =>
  new Uint8Array(
    Array.from({ length: count }, (_, index) => [
      ...arena.bytes.subarray(offsets[index], offsets[index] + lengths[index]),
    ]).flat(),
  );

interface Outcome {
  readonly packets: Uint8Array[];
  readonly writes: number[];
}

/** Hands the packets to runs as a burst and gives back what leaves the machine. */
function through(packets: readonly Uint8Array[], partial = false): Outcome {
  const arena = new PacketArena(ROOM * (packets.length + 1));
  const out: Outcome = { packets: [], writes: [] };
  const runs = new DatagramRuns(arena, (_, run) => {
    const whole = gathered(arena, run);
    out.packets.push(...(run.count === 1 ? [partial ? completed(whole) : whole] : cut(whole, run.payload)));
    out.writes.push(run.count);
  });
  packets.forEach((packet, index) => {
    const given = Uint8Array.from(packet);
    if (partial) setWord(given, headerSize(given) + 6, pseudoSum(given));
    arena.bytes.set(given, index * ROOM);
    const offload = { partialChecksum: partial, gsoType: GSO_NONE, gsoSize: 0 };
    if (!runs.take(index * ROOM, given.length, offload)) {
      out.packets.push(packet);
      out.writes.push(0);
    }
  });
  runs.flush();
  return out;
}

const hex = (packet: Uint8Array): string => Buffer.from(packet).toString('hex');
const flowOf = (packet: Uint8Array): string =>
  hex(packet.subarray(headerSize(packet) === 20 ? 12 : 8, headerSize(packet)));

function byFlow(packets: readonly Uint8Array[]): Map<string, string[]> {
  const flows = new Map<string, string[]>();
  for (const packet of packets) flows.set(flowOf(packet), [...(flows.get(flowOf(packet)) ?? []), hex(packet)]);
  return flows;
}

const datagram: fc.Arbitrary<Datagram> = fc.record({
  family: fc.constantFrom<4 | 6>(4, 6),
  flow: fc.integer({ min: 1, max: 12 }),
  payload: fc.uint8Array({ minLength: 0, maxLength: 6 }),
  tos: fc.constantFrom(0, 0, 0, 0xb8),
  ttl: fc.constantFrom(63, 63, 63, 62),
  identification: fc.constant(0),
  dontFragment: fc.boolean(),
  damaged: fc.constantFrom(false, false, false, false, true),
});

/** Identifications count on, as a translator's do, sometimes with a gap. */
const burst = fc.array(fc.tuple(datagram, fc.constantFrom(1, 1, 1, 1, 2)), { maxLength: 64 }).map((parts) => {
  let identification = 65_530;
  return parts.map(([part, step]) => {
    identification = (identification + step) & 0xffff;
    return packetOf({ ...part, identification });
  });
});

const plain = (flow: number, size: number, identification: number): Datagram => ({
  family: 4,
  flow,
  payload: new Uint8Array(size).fill(flow),
  tos: 0,
  ttl: 60,
  identification,
  dontFragment: false,
  damaged: false,
});

describe('datagrams joined for the kernel to cut', () => {
  it('leave the machine as they came, in the order of their flow', () => {
    fc.assert(
      fc.property(burst, fc.boolean(), (packets, partial) => {
        const intact = partial ? packets.map((packet) => completed(Uint8Array.from(packet))) : packets;
        expect(byFlow(through(intact, partial).packets)).toEqual(byFlow(intact));
      }),
      { numRuns: 500 },
    );
  });

  it('go in one write as long as only the last is shorter', () => {
    const sizes = [100, 100, 100, 40, 100];
    const packets = sizes.map((size, index) => packetOf(plain(1, size, index)));
    expect(through(packets).writes).toEqual([4, 1]);
  });

  it('of flows that alternate are joined within each', () => {
    const packets = Array.from({ length: 12 }, (_, index) => packetOf({ ...plain(index % 3, 50, 0), family: 6 }));
    expect(through(packets).writes).toEqual([4, 4, 4]);
  });

  it('are written, the oldest flow first, when there are more flows than open runs', () => {
    const packets = Array.from({ length: 20 }, (_, index) => packetOf({ ...plain(index, 50, 0), family: 6 }));
    const { packets: out, writes } = through(packets);
    expect(out.map(hex)).toEqual(packets.map(hex));
    expect(writes).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('never exceed what a kernel cuts from one packet', () => {
    const packets = Array.from({ length: LONGEST_RUN + 3 }, (_, index) => packetOf(plain(1, 20, index)));
    expect(through(packets).writes).toEqual([LONGEST_RUN, 3]);
  });

  it('never exceed the length of an IP packet', () => {
    const packets = Array.from({ length: 60 }, (_, index) => packetOf(plain(1, 1400, index)));
    const { packets: out, writes } = through(packets);
    expect(out.map(hex)).toEqual(packets.map(hex));
    expect(writes).toEqual([46, 14]);
  });

  it('with a wrong checksum are not hidden in a run', () => {
    const packets = [0, 1, 2, 3].map((index) => packetOf({ ...plain(1, 20, index), damaged: index === 2 }));
    const { packets: out } = through(packets);
    expect(out.map(hex)).toEqual(packets.map(hex));
  });

  it('without a checksum stay without', () => {
    const packets = [0, 1].map((index) => packetOf(plain(1, 20, index)));
    for (const packet of packets) setWord(packet, 26, 0);
    const { packets: out, writes } = through(packets);
    expect(out.map(hex)).toEqual(packets.map(hex));
    expect(writes).toEqual([0, 0]);
  });

  it('go before a fragment of the same hosts', () => {
    const whole = packetOf(plain(1, 20, 1));
    const fragment = packetOf(plain(1, 20, 2));
    fragment[6] = 0x20;
    const { packets: out, writes } = through([whole, fragment]);
    expect(out.map(hex)).toEqual([whole, fragment].map(hex));
    expect(writes).toEqual([1, 0]);
  });

  it('that the kernel joined already are not taken', () => {
    const arena = new PacketArena(ROOM);
    arena.bytes.set(packetOf(plain(1, 200, 1)));
    const runs = new DatagramRuns(arena, () => expect.unreachable());
    expect(runs.take(0, 228, { partialChecksum: true, gsoType: GSO_UDP_L4, gsoSize: 50 })).toBe(false);
    runs.flush();
  });
});
