import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../../../src/net/packet-arena.ts';
import { ClientShards, shardOptions, ShardMap } from '../../../../../src/translator/nat64/ports/shard-map.ts';
import type { Nat64Options, Pool4Entry } from '../../../../../src/translator/options.ts';
import { parseIp } from '../../oracle-address.ts';
import { checksumOf, echo, type Fields, icmpError, packet, tcp, udp } from '../../packets.ts';
import { OPTIONS as SIIT } from '../../siit/options.ts';
import { OPTIONS } from '../bench-of-one.ts';

const [ICMP, TCP, UDP] = [1, 6, 17];
const [FIRST, SECOND] = [0xc0000200, 0xc0000201];

const entry = (prefix: string, first: number, last: number, protocols: Pool4Entry['protocols']): Pool4Entry => ({
  prefix,
  ports: [first, last],
  protocols,
  clients: [],
});

function mapOf(pool4: readonly Pool4Entry[], count: number, options: Partial<Nat64Options> = {}): ShardMap {
  return new ShardMap({ ...OPTIONS, slots: 1, pool4, ...options }, count);
}

/** The four words of an address. */
function words(text: string): [number, number, number, number] {
  const view = new DataView(Uint8Array.from(parseIp(text)).buffer);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}

describe('the shard of a client', () => {
  it.each([
    [32, [-1, 0, 0, 0]],
    [48, [-1, -65_536, 0, 0]],
    [56, [-1, -256, 0, 0]],
    [64, [-1, -1, 0, 0]],
    [72, [-1, -1, -16_777_216, 0]],
    [128, [-1, -1, -1, -1]],
  ])('follows from the first %i bits of its address', (length, masks) => {
    expect([...new ClientShards(4, length).masks]).toEqual(masks);
  });

  it.each([
    [1, 32],
    [2, 64],
    [3, 96],
    [4, 128],
  ])('spreads over all shards by word %i of the address where clients are of /%i', (word, length) => {
    const shards = new ClientShards(8, length);
    const used = new Set<number>();
    for (let index = 0; index < 200; index++) {
      const address = words('2001:db8:1:2:3:4:5:6');
      address[word - 1] = (address[word - 1] ?? 0) + index;
      const shard = shards.of(...address);
      used.add(shard);
      // What lies behind the client's prefix changes nothing.
      if (word < 4) address[word] = index;
      expect(shards.of(...address)).toBe(shard);
    }
    expect([...used].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('the shard of a port', () => {
  // Two slots with five ports each, of which the first shard has two and the second three.
  const two = mapOf(
    [entry('192.0.2.0/31', 1024, 1033, ['tcp', 'icmp']), entry('192.0.2.1/32', 5000, 5000, ['udp'])],
    2,
    {
      slots: 2,
    },
  );

  it('is that of its run, in the slice of each slot', () => {
    const shards = Array.from({ length: 12 }, (_, index) => two.ofPort(TCP, SECOND, 1023 + index));
    expect(shards).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0]);
    expect(two.ofPort(ICMP, FIRST, 1033)).toBe(1);
  });

  it('is the last one where there are fewer ports than shards', () => {
    expect(two.ofPort(UDP, SECOND, 5000)).toBe(1);
  });

  it('is the first one for what the pool does not have', () => {
    expect([two.ofPort(TCP, FIRST - 1, 1033), two.ofPort(TCP, SECOND + 1, 1033)]).toEqual([0, 0]);
    expect([two.ofPort(UDP, SECOND, 1033), two.ofPort(TCP, SECOND, 5000), two.ofPort(UDP, FIRST, 5000)]).toEqual([
      0, 0, 0,
    ]);
  });

  it('has one table for each range of ports, whatever the entries with it', () => {
    const three = mapOf(
      [
        entry('192.0.2.0/32', 1, 9, ['tcp']),
        entry('192.0.2.1/32', 1, 10, ['tcp']),
        entry('192.0.2.2/32', 1, 9, ['udp']),
      ],
      2,
    );
    expect(three.tables.length).toBe(2);
    expect(three.pools.map(({ table }) => table)).toEqual([0, 1, 0]);
  });

  it('is that of the client where it is a static entry’s, of this protocol and address alone', () => {
    const pool4 = [entry('192.0.2.0/31', 1000, 1099, ['tcp', 'udp'])];
    // In no order; those of one address, protocol or port lie between others.
    const entries = Array.from({ length: 40 }, (_, index) => ({
      protocol: index % 2 === 0 ? ('udp' as const) : ('tcp' as const),
      v6: `2001:db8:${index}::5`,
      port6: 53,
      v4: index % 3 === 0 ? '192.0.2.1' : '192.0.2.0',
      port4: 1000 + ((index * 37) % 100),
    }));
    const plain = mapOf(pool4, 3);
    const map = mapOf(pool4, 3, { static: entries });
    for (const { protocol, v6, v4, port4 } of entries) {
      const [number, other] = protocol === 'udp' ? [UDP, TCP] : [TCP, UDP];
      const address = v4 === '192.0.2.1' ? SECOND : FIRST;
      expect(map.ofPort(number, address, port4)).toBe(map.clients.of(...words(v6)));
      expect(map.ofPort(other, address, port4)).toBe(plain.ofPort(other, address, port4));
    }
    expect(map.ofPort(UDP, FIRST, 1099)).toBe(2);
    // Those that lead where the port leads anyway take no place in the kernel's map.
    const led = entries.filter(({ protocol, v6, v4, port4 }) => {
      const number = protocol === 'udp' ? UDP : TCP;
      return plain.ofPort(number, v4 === '192.0.2.1' ? SECOND : FIRST, port4) !== plain.clients.of(...words(v6));
    });
    expect(map.exceptions.length).toBe(led.length);
    expect(led.length).toBeLessThan(40);
  });
});

describe('the shard of a packet', () => {
  // 1000 to 1009: 0, to 1019: 1, to 1029: 2.
  const map = mapOf([entry('192.0.2.0/31', 1000, 1029, ['tcp', 'udp', 'icmp'])], 3);
  const arena = new PacketArena(4096);
  const shardOf = (bytes: Uint8Array | readonly number[], length = bytes.length): number => {
    arena.bytes.fill(0);
    arena.bytes.set(bytes, 64);
    return map.of(arena, 64, length);
  };

  describe('from IPv4', () => {
    const fields: Fields = { src: '198.51.100.7', dst: '192.0.2.1' };
    const sent = (port: number): Uint8Array => udp({ src: '192.0.2.1', dst: '198.51.100.7' }, port, 53);

    /** With three no-operations and an end in its header. */
    const withOptions = (bytes: Uint8Array): number[] => {
      const all = [...bytes];
      all[0] = 0x46;
      all[3] = (all[3] ?? 0) + 4;
      all.splice(20, 0, 1, 1, 1, 0);
      all.splice(10, 2, 0, 0);
      const sum = checksumOf(all.slice(0, 24));
      all.splice(10, 2, sum >> 8, sum & 255);
      return all;
    };
    const asFragment = (bytes: Uint8Array, flags: number): Uint8Array => {
      const all = Uint8Array.from(bytes);
      all.set([flags >> 8, flags & 255, 64, all[9] ?? 0, 0, 0], 6);
      const sum = checksumOf(Array.from(all.subarray(0, 20)));
      all.set([sum >> 8, sum & 255], 10);
      return all;
    };

    it('is that of the destination port', () => {
      expect([shardOf(udp(fields, 53, 1015)), shardOf(tcp(fields, 443, 1025, 16))]).toEqual([1, 2]);
      expect(shardOf(withOptions(udp(fields, 53, 1025)))).toBe(2);
    });

    it('is that of the identifier of an echo message', () => {
      expect([shardOf(echo(fields, 0, 1015)), shardOf(echo(fields, 8, 1025))]).toEqual([1, 2]);
    });

    it('is that of the source port of the packet that an error is about', () => {
      expect([
        shardOf(icmpError(fields, 3, 1, 0, sent(1015))),
        shardOf(icmpError(fields, 11, 0, 0, sent(1025))),
      ]).toEqual([1, 2]);
    });

    it('is the first one for fragments, which meet there', () => {
      const whole = udp(fields, 53, 1025, Array(64).fill(1));
      expect(
        [asFragment(whole, 0x2000), asFragment(whole, 0x2001), asFragment(whole, 1)].map((one) => shardOf(one)),
      ).toEqual([0, 0, 0]);
      expect(shardOf(asFragment(whole, 0x4000))).toBe(2);
      const ping = asFragment(echo(fields, 8, 1025, Array(64).fill(1)), 0x2000);
      expect(shardOf(ping)).toBe(0);
    });

    it('is the first one for errors about what cannot be read', () => {
      const later = icmpError(fields, 3, 1, 0, asFragment(sent(1025), 3));
      const short = icmpError(fields, 3, 1, 0, sent(1025).slice(0, 24));
      const six = icmpError(fields, 3, 1, 0, udp({ src: '2001:db8::1', dst: '64:ff9b::c000:201' }, 1025, 1025));
      // Whatever came before them.
      const shards = [later, short, six].map((one) => [shardOf(icmpError(fields, 3, 1, 0, sent(1025))), shardOf(one)]);
      expect(shards).toEqual([
        [2, 0],
        [2, 0],
        [2, 0],
      ]);
    });

    it('is the first one for what is broken', () => {
      const ping = echo(fields, 8, 1025);
      expect(shardOf(Uint8Array.from(ping).fill(1, 10, 12))).toBe(0);
      expect(shardOf(udp(fields, 53, 1025), 27)).toBe(0);
      expect(shardOf(Uint8Array.from(udp(fields, 53, 1025)).fill(0x55, 0, 1))).toBe(0);
    });

    it('is that of the port, as the kernel’s program has it, where a header checksum is wrong', () => {
      expect(shardOf(Uint8Array.from(udp(fields, 53, 1025)).fill(1, 10, 12))).toBe(2);
    });
  });

  describe('from IPv6', () => {
    const SERVER = '64:ff9b::198.51.100.7';
    /** Clients of each shard. */
    const clients = Array.from({ length: 40 }, (_, index) => `2001:db8:0:${index}::1`);
    const clientOf = (shard: number): string => {
      const found = clients.find((text) => map.clients.of(...words(text)) === shard);
      if (found === undefined) throw new Error(`no client in shard ${shard}`);
      return found;
    };
    const [none, one, two] = [clientOf(0), clientOf(1), clientOf(2)];

    it('is that of its source, whatever its protocol', () => {
      const fields = { src: one, dst: SERVER };
      const all = [
        udp(fields, 1025, 53),
        tcp(fields, 1025, 53, 2),
        echo(fields, 128, 1025),
        // The first fragment of one, without a whole header, and a later one.
        packet(fields, 44, [17, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3, 4], 8),
        packet(fields, 44, [17, 0, 0, 8, 0, 0, 0, 9, 1, 2, 3, 4], 8),
        // Destination options before a datagram.
        packet(fields, 60, [17, 0, 1, 4, 0, 0, 0, 0, 4, 1, 0, 53, 0, 8, 0, 0], 14),
        // A neighbour solicitation, and a protocol that is not translated.
        packet(fields, 58, [135, 0, 0, 0, 0, 0, 0, 0], 2),
        packet(fields, 132, [0, 1, 0, 2, 0, 0, 0, 0], 4),
      ];
      expect(all.map((bytes) => shardOf(bytes))).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
      expect(shardOf(udp({ src: two, dst: SERVER }, 1025, 53))).toBe(2);
    });

    it('is that of the destination of the packet that an error is about', () => {
      const router = { src: none, dst: SERVER };
      const about = udp({ src: SERVER, dst: two }, 53, 9);
      expect([1, 2, 3, 4].map((type) => shardOf(icmpError(router, type, 0, 0, about)))).toEqual([2, 2, 2, 2]);
      expect(shardOf(icmpError({ src: one, dst: SERVER }, 3, 0, 0, about.slice(0, 40)))).toBe(2);
    });

    it('is the first one for an error about less than a header', () => {
      const about = udp({ src: SERVER, dst: two }, 53, 9).slice(0, 39);
      expect(shardOf(icmpError({ src: one, dst: SERVER }, 3, 0, 0, about))).toBe(0);
    });

    it('is the first one for listener reports of the kernel itself', () => {
      const report = [58, 0, 5, 2, 0, 0, 1, 0, 143, 0, 0, 0, 0, 0, 0, 0];
      expect(shardOf(packet({ src: one, dst: 'ff02::16' }, 0, report, 10))).toBe(0);
    });

    it('is the first one for what is too short, and the source’s as soon as that is all there', () => {
      const bytes = udp({ src: one, dst: SERVER }, 1025, 53);
      // The kernel's program reads no more of it either.
      expect([shardOf(bytes, 39), shardOf(bytes, 40), shardOf(bytes, 47)]).toEqual([0, 1, 1]);
      expect(shardOf(echo({ src: one, dst: SERVER }, 128, 1025), 47)).toBe(0);
    });
  });
});

describe('the part of a shard', () => {
  it('is one of the budget of ICMP errors, in a stateless instance too, and random numbers of its own', () => {
    const parts = [0, 1].map((index) =>
      shardOptions({ ...SIIT, icmpErrorsPerSecond: 7, icmpErrorsPerSource: 5 }, index, 2),
    );
    expect(
      parts.map(({ icmpErrorsPerSecond, icmpErrorsPerSource }) => [icmpErrorsPerSecond, icmpErrorsPerSource]),
    ).toEqual([
      [4, 4],
      [4, 4],
    ]);
    expect(parts[0]).toMatchObject({ kind: 'siit', eam: SIIT.eam });
    expect(new Set([SIIT.seed, ...parts.map(({ seed }) => seed)]).size).toBe(3);
    expect(shardOptions({ ...SIIT, icmpErrorsPerSecond: 9, icmpErrorsPerSource: 2 }, 0, 2).icmpErrorsPerSource).toBe(2);
  });
});
