import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { Counter, COUNTERS } from '../../../src/translator/counters.ts';
import {
  isTransport,
  ParsedPacket,
  parsePacket,
  parseQuotedPacket,
  Payload,
} from '../../../src/translator/parsed-packet.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';
import { checksumOf, echo, FLAGS, icmpError, packet, tcp, udp } from './packets.ts';

const FOUR = { src: '198.51.100.7', dst: '192.0.2.1' };
const SIX = { src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' };

/** Name of the counter, or the packet as it was read. */
function read(bytes: Uint8Array, length = bytes.length): string | ParsedPacket {
  const arena = new PacketArena(512);
  arena.bytes.set(bytes, 100);
  const into = new ParsedPacket();
  const reason = parsePacket(arena, 100, length, into);
  return reason >= 0 ? (COUNTERS[reason]?.name ?? '') : into;
}

function quoted(bytes: Uint8Array, family: 4 | 6): string | ParsedPacket {
  const arena = new PacketArena(512);
  arena.bytes.set(bytes, 100);
  const into = new ParsedPacket();
  const reason = parseQuotedPacket(arena, 100, bytes.length, family, into);
  return reason >= 0 ? (COUNTERS[reason]?.name ?? '') : into;
}

/** The IPv4 packet with other bytes in its header, and options, under a right checksum. */
function header4(
  bytes: Uint8Array,
  changes: Readonly<Record<number, number>>,
  options: readonly number[] = [],
): Uint8Array {
  const all = [...bytes];
  all.splice(20, 0, ...options);
  all[0] = 0x40 | (5 + options.length / 4);
  all.splice(2, 2, all.length >> 8, all.length & 255);
  for (const [at, value] of Object.entries(changes)) all[Number(at)] = value;
  all.splice(10, 2, 0, 0);
  const sum = checksumOf(all.slice(0, 20 + options.length));
  all.splice(10, 2, sum >> 8, sum & 255);
  return Uint8Array.from(all);
}

describe('what is read of an IPv4 packet', () => {
  const datagram = udp(FOUR, 53, 5000, [1, 2, 3]);

  it('is its addresses, ports and lengths', () => {
    expect(read(datagram)).toMatchObject({
      family: 4,
      offset: 100,
      length: 31,
      l4Offset: 120,
      l4Length: 11,
      src0: 0xc6336407,
      dst0: 0xc0000201,
      srcPort: 53,
      dstPort: 5000,
      payload: Payload.udp,
      dontFragment: true,
      isFragment: false,
      sourceRoute: false,
    });
    // What lies behind it on the wire is padding.
    expect(read(Uint8Array.from([...datagram, 0, 0, 0]))).toMatchObject({ length: 31, l4Length: 11 });
  });

  it('is nothing of one that contradicts itself', () => {
    expect(read(datagram, 30)).toBe('dropTruncated');
    expect(read(datagram, 19)).toBe('dropTruncated');
    expect(read(header4(datagram, { 0: 0x44 }))).toBe('dropBadHeader');
    expect(read(header4(datagram, { 2: 0, 3: 19 }))).toBe('dropBadHeader');
    expect(read(Uint8Array.from(datagram).fill(0, 10, 12))).toBe('dropBadHeaderChecksum');
    expect(read(Uint8Array.from(datagram).fill(0x50, 0, 1))).toBe('dropBadHeader');
    // Options that are longer than what there is.
    expect(read(header4(datagram, { 0: 0x48 }))).toBe('dropBadHeader');
    expect(read(header4(datagram, { 0: 0x48, 2: 0, 3: 40 }))).toBe('dropTruncated');
  });

  it.each<[string, number[], boolean]>([
    ['loose', [131, 7, 4, 1, 2, 3, 4, 0], true],
    ['strict', [137, 7, 4, 1, 2, 3, 4, 0], true],
    ['behind others', [1, 1, 131, 7, 7, 1, 2, 3, 4, 0, 0, 0], true],
    ['all behind it', [131, 7, 8, 1, 2, 3, 4, 0], false],
    ['behind the end of the options', [0, 131, 7, 4, 1, 2, 3, 4], false],
    ['recorded, not given', [7, 7, 4, 1, 2, 3, 4, 0], false],
    ['without a length', [1, 1, 1, 131], false],
    ['of length zero', [131, 0, 4, 0], false],
    ['longer than the header', [131, 9, 4, 1, 2, 3, 4, 0], false],
  ])('is whether it has a source route to follow: %s', (_name, options, has) => {
    expect(read(header4(datagram, {}, options))).toMatchObject({ sourceRoute: has, l4Offset: 120 + options.length });
  });

  it('is whether it is a fragment', () => {
    expect(read(header4(datagram, { 6: 0x20, 7: 0 }))).toMatchObject({ isFragment: true, moreFragments: true });
    expect(read(header4(datagram, { 6: 0, 7: 2 }))).toMatchObject({
      isFragment: true,
      fragmentOffset: 16,
      payload: Payload.laterFragment,
      srcPort: 0,
      dstPort: 0,
    });
  });
});

describe('what is read of an IPv6 packet', () => {
  const datagram = udp(SIX, 5000, 53, [1, 2, 3]);
  const behind = (next: number, extension: readonly number[], whole: Uint8Array): Uint8Array => {
    const bytes = Uint8Array.from([...whole.slice(0, 40), ...extension, ...whole.slice(40)]);
    bytes.set([(bytes.length - 40) >> 8, (bytes.length - 40) & 255, next], 4);
    return bytes;
  };

  it('is nothing of one that is not all there', () => {
    expect([read(datagram, 50), read(datagram, 39)]).toEqual(['dropTruncated', 'dropTruncated']);
    expect(read(datagram, 51)).toMatchObject({ family: 6, length: 51, l4Length: 11, srcPort: 5000, dstPort: 53 });
  });

  it('is its transport behind other headers', () => {
    const whole = behind(0, [17, 1, 5, 2, 0, 0, 1, 0, 1, 6, 0, 0, 0, 0, 0, 0], datagram);
    expect(read(whole)).toMatchObject({ payload: Payload.udp, l4Offset: 156, srcPort: 5000, unusedRoute: -1 });
    expect(read(behind(43, [17, 0, 0, 2, 0, 0, 0, 0], datagram))).toMatchObject({ unusedRoute: 143 });
    expect(read(behind(43, [17, 0, 0, 0, 0, 0, 0, 0], datagram))).toMatchObject({ unusedRoute: -1 });
    // One that is longer than the packet.
    expect(read(behind(60, [17, 9, 1, 4, 0, 0, 0, 0], datagram))).toBe('dropExtensionHeader');
    expect(read(packet(SIX, 60, [17, 0, 1], 0))).toBe('dropExtensionHeader');
  });

  it('is the place of a fragment', () => {
    expect(read(behind(44, [17, 0, 0, 1, 0, 0, 0, 9], datagram))).toMatchObject({
      isFragment: true,
      moreFragments: true,
      fragmentOffset: 0,
      identification: 9,
      srcPort: 5000,
    });
    expect(read(behind(44, [17, 0, 1, 0x10, 0, 0, 0, 9], datagram))).toMatchObject({
      fragmentOffset: 0x110,
      moreFragments: false,
      payload: Payload.laterFragment,
      srcPort: 0,
    });
    expect(read(behind(44, [60, 0, 0, 1, 0, 0, 0, 9], datagram))).toMatchObject({ refusedHeader: true });
  });
});

describe('what is read of a transport header', () => {
  const segment = tcp(SIX, 4000, 80, FLAGS.syn, [1]);
  const offset = (words: number): Uint8Array => {
    const bytes = Uint8Array.from(segment);
    bytes[52] = words << 4;
    return bytes;
  };

  it('is nothing where it is too short, or longer than the packet', () => {
    expect(read(offset(4))).toBe('dropBadHeader');
    expect(read(offset(6))).toBe('dropBadHeader');
    expect(read(offset(5))).toMatchObject({ payload: Payload.tcp, tcpFlags: FLAGS.syn, l4HeaderLength: 20 });
    expect(read(packet(SIX, 6, Array(19).fill(0), 16))).toBe('dropTruncated');
    expect(read(packet(SIX, 17, Array(7).fill(0), 4))).toBe('dropTruncated');
    expect(read(packet(SIX, 58, Array(7).fill(0), 2))).toBe('dropTruncated');
  });

  it('is what kind of ICMP it is', () => {
    const kind = (bytes: Uint8Array): unknown => {
      const p = read(bytes);
      return typeof p === 'string' ? p : p.payload;
    };
    const of4 = [0, 3, 4, 5, 8, 11, 12, 13].map((type) => kind(icmpError(FOUR, type, 0, 0, new Uint8Array(28))));
    const { icmpQuery, icmpError: error, other } = Payload;
    expect(of4).toEqual([icmpQuery, error, other, other, icmpQuery, error, error, other]);
    const of6 = [0, 1, 2, 3, 4, 5, 127, 128, 129, 130].map((type) =>
      kind(icmpError(SIX, type, 0, 0, new Uint8Array(48))),
    );
    expect(of6).toEqual([other, error, error, error, error, other, other, icmpQuery, icmpQuery, other]);
    expect(read(echo(SIX, 128, 77))).toMatchObject({ srcPort: 77, dstPort: 77 });
  });

  it('is less where the packet is quoted: eight bytes are enough', () => {
    expect(quoted(segment.slice(0, 48), 6)).toMatchObject({ srcPort: 4000, dstPort: 80, payload: Payload.tcp });
    expect(quoted(segment.slice(0, 47), 6)).toBe('dropTruncated');
    expect(quoted(segment.slice(0, 39), 6)).toBe('dropTruncated');
    const other = tcp(FOUR, 80, 4000, FLAGS.ack);
    expect(quoted(other.slice(0, 28), 4)).toMatchObject({ srcPort: 80, length: 28, l4Length: 8 });
    // Routers have changed the header that they quote.
    expect(quoted(Uint8Array.from(other).fill(0, 10, 12), 4)).toMatchObject({ srcPort: 80 });
    expect([quoted(other, 6), quoted(segment, 4)]).toEqual(['dropBadHeader', 'dropBadHeader']);
  });

  it('is whether it has a mapping at all', () => {
    const has = (bytes: Uint8Array): boolean => {
      const p = read(bytes);
      if (typeof p === 'string') throw new Error(p);
      return isTransport(p);
    };
    const later = (next: number): Uint8Array => packet(SIX, 44, [next, 0, 0, 8, 0, 0, 0, 9, 1, 2, 3, 4], 8);
    expect([6, 17, 58, 1, 132].map((next) => has(later(next)))).toEqual([true, true, true, false, false]);
    const later4 = (protocol: number): Uint8Array => header4(udp(FOUR, 1, 2), { 6: 0, 7: 2, 9: protocol });
    expect([6, 17, 1, 58, 132].map((protocol) => has(later4(protocol)))).toEqual([true, true, true, false, false]);
    expect([has(segment), has(packet(SIX, 132, Array(12).fill(0), 8))]).toEqual([true, false]);
  });
});

describe('the well-known prefix', () => {
  it('is 64:ff9b::/96 and no other', () => {
    const others = ['64:ff9b:1::/96', '64:ff9c::/96', '64:fe9b::/96', '164:ff9b::/96', '65:ff9b::/96', '64:ff9b::/64'];
    expect(new EmbeddingPrefix('64:ff9b::/96').wellKnown).toBe(true);
    expect(others.map((text) => new EmbeddingPrefix(text).wellKnown)).toEqual(others.map(() => false));
    expect(new EmbeddingPrefix('64:ff9b::1:0:0/96').wellKnown).toBe(false);
  });
});

describe('a counter', () => {
  it('of translated packets is the first one: no reason to drop a packet is 0', () => {
    expect(Counter.translated6to4).toBe(0);
  });
});
