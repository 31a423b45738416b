import { describe, expect, it } from 'vitest';
import { bytesOf, type ExplainedPacket, summaryOf } from '../../../../src/agent/explain/explained-packet.ts';
import { parseIp } from '../../translator/oracle-address.ts';
import { checksumsAreRight, echo, FLAGS, tcp, udp } from '../../translator/packets.ts';

const SIZES = { sourcePort: 40_000, destinationPort: 443, payload: 0, hopLimit: 64 };
const [SIX, FOUR] = [
  { src: '2001:db8::5', dst: '64:ff9b::8.8.8.8' },
  { src: '198.51.100.7', dst: '192.0.2.200' },
];

function packet(family: 4 | 6, protocol: string, changes: Partial<typeof SIZES> = {}): ExplainedPacket {
  const { src: source, dst: destination } = family === 6 ? SIX : FOUR;
  const fields = { ...SIZES, protocol, source, destination, ...changes };
  const [from, to] = [parseIp(source), parseIp(destination)];
  if (family === 6) return { ...fields, family, from6: Uint8Array.from(from), to6: Uint8Array.from(to) };
  const number = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => 256 * sum + byte, 0);
  return { ...fields, family, from4: number(from), to4: number(to) };
}

/** Without fields of the transport header, of which a test packet has others: each from one byte to another. */
function bare(packet: Uint8Array, ...fields: readonly (readonly [from: number, to: number])[]): Uint8Array {
  const bytes = packet.slice();
  const header = bytes[0] >>> 4 === 6 ? 40 : 20;
  for (const [from, to] of fields) bytes.fill(0, header + from, header + to);
  return bytes;
}

describe('the packet in question', () => {
  it.each([
    ['UDP over IPv6', packet(6, 'udp', { payload: 3 }), udp(SIX, 40_000, 443, [0, 0, 0])],
    [
      'UDP over IPv4',
      packet(4, 'udp', { payload: 4, hopLimit: 9 }),
      udp({ ...FOUR, hops: 9 }, 40_000, 443, [0, 0, 0, 0]),
    ],
  ])('is a datagram as the RFCs have it: %s', (_, asked, expected) => {
    expect(bytesOf(asked, 0)).toEqual(expected);
  });

  it.each([
    ['IPv6', packet(6, 'tcp', { payload: 5 }), tcp(SIX, 40_000, 443, FLAGS.syn, [0, 0, 0, 0, 0])],
    ['IPv4', packet(4, 'tcp', { hopLimit: 1 }), tcp({ ...FOUR, hops: 1 }, 40_000, 443, FLAGS.syn)],
  ])('is a segment with its flags: %s', (_, asked, expected) => {
    const bytes = bytesOf(asked, FLAGS.syn);
    expect(checksumsAreRight(bytes)).toBe(true);
    // Apart from sequence and acknowledgement numbers, the window, and the checksum over them.
    const others = [
      [4, 12],
      [14, 18],
    ] as const;
    expect(bare(bytes, ...others)).toEqual(bare(expected, ...others));
    expect(bytes.slice(bytes.length - asked.payload - 16, bytes.length - asked.payload - 8)).toEqual(new Uint8Array(8));
  });

  it.each([
    ['IPv6', packet(6, 'icmp', { sourcePort: 77, payload: 2 }), echo(SIX, 128, 77, [0, 0])],
    ['IPv4', packet(4, 'icmp', { sourcePort: 77, payload: 1 }), echo(FOUR, 8, 77, [0])],
  ])('is an echo request with the port as its identifier: %s', (_, asked, expected) => {
    const bytes = bytesOf(asked, 0);
    expect(checksumsAreRight(bytes)).toBe(true);
    // Apart from the sequence number, and the checksum over it.
    const others = [
      [2, 4],
      [6, 8],
    ] as const;
    expect(bare(bytes, ...others)).toEqual(bare(expected, ...others));
  });

  it('has a checksum of UDP that is never zero, which would mean none', () => {
    for (let sourcePort = 0; sourcePort <= 0xffff; sourcePort += 0x101) {
      const asked = packet(4, 'udp', { sourcePort });
      const bytes = bytesOf(asked, 0);
      const plain = (bytes[26] << 8) | bytes[27];
      // The port with which the sum is all ones.
      const zero = bytesOf({ ...asked, destinationPort: (asked.destinationPort + plain) % 0xffff }, 0);
      expect([zero[26], zero[27]]).toEqual([0xff, 0xff]);
      expect(checksumsAreRight(zero)).toBe(true);
    }
  });
});

describe('a packet in short', () => {
  it.each([
    [
      udp({ ...SIX, hops: 61 }, 53, 5353, [1, 2]),
      { ...ends(SIX), sourcePort: 53, destinationPort: 5353, hopLimit: 61, length: 50 },
    ],
    [
      tcp({ ...FOUR, hops: 3 }, 80, 50_000, FLAGS.ack),
      { ...ends(FOUR), sourcePort: 80, destinationPort: 50_000, hopLimit: 3, length: 40 },
    ],
    [echo(SIX, 129, 77), { ...ends(SIX), sourcePort: 77, destinationPort: 77, hopLimit: 64, length: 48 }],
    [echo(FOUR, 0, 99), { ...ends(FOUR), sourcePort: 99, destinationPort: 99, hopLimit: 64, length: 28 }],
  ])('has its ends, its hop limit and its length: %#', (bytes, summary) => {
    expect(summaryOf(bytes)).toEqual({ ...summary, fragment: false });
    // Wherever it is in memory.
    const room = new Uint8Array(bytes.length + 7);
    room.set(bytes, 5);
    expect(summaryOf(room.subarray(5, 5 + bytes.length))).toEqual({ ...summary, fragment: false });
  });

  it('of IPv4 with options has its ports behind them', () => {
    const bytes = udp(FOUR, 53, 5353);
    const long = Uint8Array.from([0x46, ...bytes.slice(1, 20), 1, 1, 1, 1, ...bytes.slice(20)]);
    expect(summaryOf(long)).toMatchObject({ sourcePort: 53, destinationPort: 5353, length: 32 });
  });

  const [MF, DF] = [0x2000, 0x4000];
  it.each([
    [0, false, 53],
    [DF, false, 53],
    [MF, true, 53],
    [185, true, 0],
    [MF | 185, true, 0],
    [1, true, 0],
    [0x1000, true, 0],
  ])('of IPv4 with the flags and offset %i: a fragment %s, with port %i', (word, fragment, sourcePort) => {
    const bytes = udp(FOUR, 53, 5353);
    bytes.set([word >> 8, word & 255], 6);
    const destinationPort = sourcePort === 0 ? 0 : 5353;
    expect(summaryOf(bytes)).toMatchObject({ fragment, sourcePort, destinationPort });
  });

  it.each([
    [0, 53],
    [1, 53],
    [8, 0],
    [1480, 0],
  ])('of IPv6 with a fragment header of offset and flag %i has port %i', (word, sourcePort) => {
    const bytes = udp(SIX, 53, 5353);
    const header = [17, 0, word >> 8, word & 255, 0, 0, 0, 9];
    const fragment = Uint8Array.from([...bytes.slice(0, 6), 44, ...bytes.slice(7, 40), ...header, ...bytes.slice(40)]);
    const destinationPort = sourcePort === 0 ? 0 : 5353;
    expect(summaryOf(fragment)).toEqual({
      ...ends(SIX),
      sourcePort,
      destinationPort,
      hopLimit: 64,
      length: 56,
      fragment: true,
    });
  });
});

function ends({ src, dst }: { readonly src: string; readonly dst: string }) {
  return { source: src, destination: dst };
}
