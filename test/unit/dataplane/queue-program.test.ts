import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueProgram } from '../../../src/dataplane/queue-program.ts';
import { BpfMap } from '../../../src/linux/bpf.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { ShardMap } from '../../../src/translator/nat64/ports/shard-map.ts';
import { OPTIONS } from '../translator/nat64/bench-of-one.ts';
import { echo, icmpError, tcp, udp } from '../translator/packets.ts';
import { asFragment4, withHeaderChecksum } from '../../property/arbitrary-packets.ts';
import { KernelProgram } from './kernel-program.ts';

const POOL = '192.0.2.0/28';
const PORTS = 65_536;

const shards = new ShardMap(
  {
    ...OPTIONS,
    pool4: [
      { prefix: POOL, ports: [1024, 40_000], protocols: ['tcp', 'udp'], clients: [] },
      { prefix: POOL, ports: [7, 65_535], protocols: ['icmp'], clients: [] },
      { prefix: '203.0.113.240/32', ports: [2000, 2999], protocols: ['tcp'], clients: [] },
    ],
    static: Array.from({ length: 9 }, (_, index) => ({
      protocol: 'udp' as const,
      v6: `2001:db8:${index}::5`,
      port6: 53,
      v4: '192.0.2.3',
      port4: 5000 + index,
    })),
    slots: 3,
  },
  4,
);

/** The program for these shards, with its maps. */
function loaded(): KernelProgram {
  const valueSize = PORTS * shards.tables.length;
  const tables = BpfMap.create({ type: 'array', keySize: 4, valueSize, entries: 1, name: 'ports' });
  const bytes = new Uint8Array(tables.value.buffer);
  for (const [index, table] of shards.tables.entries()) bytes.set(table, index * PORTS);
  if (!tables.put()) throw new Error('the table of ports was refused');
  const exceptions = BpfMap.create({ type: 'hash', keySize: 8, valueSize: 4, entries: 16, name: 'static' });
  for (const { protocol, address, port, shard } of shards.exceptions) {
    exceptions.key.setUint32(0, address, true);
    exceptions.key.setUint16(4, port, true);
    exceptions.key.setUint16(6, protocol, true);
    exceptions.value.setUint32(0, shard, true);
    if (!exceptions.put()) throw new Error('an exception was refused');
  }
  return new KernelProgram(queueProgram(shards, { tables: tables.fd, exceptions: exceptions.fd }));
}

function shardOf(packet: Uint8Array): number {
  const arena = new PacketArena(4096);
  arena.bytes.set(packet, 100);
  return shards.of(arena, 100, packet.length);
}

const port = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 4998, max: 5010 }));
const client = fc
  .tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 1, max: 0xffff }))
  .map(([a, b, c]) => `2001:db8:${a.toString(16)}:${b.toString(16)}::${c.toString(16)}`);
const pool4 = fc.oneof(
  fc.integer({ min: 0, max: 15 }).map((last) => `192.0.2.${last}`),
  fc.constantFrom('203.0.113.240', '203.0.113.241', '192.0.2.3'),
);
const SERVER4 = '198.51.100.7';
const SERVER6 = `64:ff9b::${SERVER4}`;
const some = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Array.from(bytes));

const from6 = fc
  .tuple(client, port, port, some, fc.constantFrom(...(['tcp', 'udp', 'echo'] as const)))
  .map(([src, one, other, data, kind]) => {
    const fields = { src, dst: SERVER6 };
    if (kind === 'tcp') return tcp(fields, one, other, 16, data);
    return kind === 'udp' ? udp(fields, one, other, data) : echo(fields, 128, one, data);
  });
const from4 = fc
  .tuple(pool4, port, port, some, fc.constantFrom(...(['tcp', 'udp', 'echo'] as const)))
  .map(([dst, one, other, data, kind]) => {
    const fields = { src: SERVER4, dst };
    if (kind === 'tcp') return tcp(fields, one, other, 16, data);
    return kind === 'udp' ? udp(fields, one, other, data) : echo(fields, 0, other, data);
  });
/** About packets that went out, as IPv4 on the one side and IPv6 on the other. */
const error4 = fc.tuple(from4, fc.constantFrom(3, 11, 12)).map(([inner, type]) => {
  const quoted = inner.slice();
  quoted.set(inner.slice(16, 20), 12);
  quoted.set(inner.slice(12, 16), 16);
  if (inner[9] !== 1) {
    quoted.set(inner.slice(22, 24), 20);
    quoted.set(inner.slice(20, 22), 22);
  }
  const sane = withHeaderChecksum(quoted);
  const last = [sane[12], sane[13], sane[14], sane[15]].join('.');
  return icmpError({ src: '198.51.100.99', dst: last }, type, 1, 0, sane);
});
const error6 = fc.tuple(from6, fc.constantFrom(1, 2, 3, 4)).map(([inner, type]) => {
  const quoted = inner.slice();
  quoted.set(inner.slice(8, 24), 24);
  quoted.set(inner.slice(24, 40), 8);
  return icmpError({ src: '2001:db8:ffff::1', dst: SERVER6 }, type, 0, 0, quoted);
});

describe.runIf(process.getuid?.() === 0)('the program of the queues, in the kernel', () => {
  const kernel = loaded();
  const used = new Set<number>();

  it('says what the map of shards says', () => {
    fc.assert(
      fc.property(fc.oneof(from6, from4, error4, error6), (packet) => {
        used.add(kernel.run(packet));
        expect(kernel.run(packet)).toBe(shardOf(packet));
      }),
      { numRuns: 3000, seed: 41 },
    );
    expect(used).toEqual(new Set([0, 1, 2, 3]));
  });

  it('uses all shards for clients as for ports, and knows the exceptions', () => {
    const seen = { clients: new Set<number>(), ports: new Set<number>(), statics: 0 };
    for (let index = 0; index < 64; index++) {
      const fields = { src: `2001:db8:${index.toString(16)}::1`, dst: SERVER6 };
      seen.clients.add(kernel.run(udp(fields, 1, 2, [1])));
      seen.ports.add(kernel.run(udp({ src: SERVER4, dst: '192.0.2.1' }, 1, 1024 + 600 * index, [1])));
    }
    for (const { port: exception, shard } of shards.exceptions) {
      expect(kernel.run(udp({ src: SERVER4, dst: '192.0.2.3' }, 9, exception, [1]))).toBe(shard);
      seen.statics += 1;
    }
    expect(seen.clients.size).toBe(4);
    expect(seen.ports.size).toBe(4);
    expect(seen.statics).toBeGreaterThan(3);
  });

  it('leaves to queue 0 what has no port at a fixed place, and the other end knows better', () => {
    const fields = { src: SERVER4, dst: '192.0.2.1' };
    const whole = udp(fields, 9, 39_000, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shardOf(whole)).toBe(3);
    expect(kernel.run(asFragment4(whole, 7, 0, true))).toBe(0);
    expect(shardOf(asFragment4(whole, 7, 0, true))).toBe(0);
    const options = Uint8Array.from([0x46, ...whole.slice(1, 20), 1, 1, 1, 0, ...whole.slice(20)]);
    options[3] += 4;
    expect(kernel.run(options)).toBe(0);
    expect(shardOf(withHeaderChecksum(options))).toBe(3);
    expect(kernel.run(whole.slice(0, 21))).toBe(0);
    expect(kernel.run(echo({ src: '2001:db8::1', dst: SERVER6 }, 128, 2).slice(0, 40))).toBe(0);
  });
});
