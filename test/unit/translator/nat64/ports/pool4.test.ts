import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../../../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../../../src/net/ipv6-address.ts';
import { NatEvents } from '../../../../../src/translator/nat64/nat-events.ts';
import { Pool4, type Pool4Options, shardSliceOf, sliceOf } from '../../../../../src/translator/nat64/ports/pool4.ts';
import { addStaticEntries } from '../../../../../src/translator/nat64/ports/static-entries.ts';
import { BibTable } from '../../../../../src/translator/nat64/tables/bib-table.ts';
import { Supply } from '../../../../../src/translator/nat64/tables/client-table.ts';
import type { Pool4Entry } from '../../../../../src/translator/options.ts';
import { OPTIONS } from '../bench-of-one.ts';

const [ICMP, TCP, UDP] = [1, 6, 17];
const SEED = 7;

const v4 = (text: string): number => parseIpv4(text) ?? 0;
const client = (text: string): Uint8Array => parseIpv6(text) ?? new Uint8Array(16);
const entry = (prefix: string, first: number, last: number, more: Partial<Pool4Entry> = {}): Pool4Entry => ({
  prefix,
  ports: [first, last],
  protocols: ['tcp', 'udp', 'icmp'],
  clients: [],
  ...more,
});

function pool(pool4: Pool4Entry[], options: Partial<Pool4Options> = {}, before?: Pool4): Pool4 {
  return new Pool4({ ...OPTIONS, pool4, slot: 1, slots: 1, ...options }, SEED, before);
}

function bib(portBlockSize = 0): BibTable {
  return new BibTable(OPTIONS.limits, SEED, portBlockSize, new NatEvents('off'));
}

describe('the slice of a slot', () => {
  it.each([
    [1024, 1033, 1, 3, { first: 1024, count: 3 }],
    [1024, 1033, 2, 3, { first: 1027, count: 3 }],
    // What is left over is the last one's.
    [1024, 1033, 3, 3, { first: 1030, count: 4 }],
    // A slot beyond them works in the last one.
    [1024, 1033, 5, 3, { first: 1030, count: 4 }],
    [1024, 1033, 1, 1, { first: 1024, count: 10 }],
    [5000, 5000, 1, 1, { first: 5000, count: 1 }],
    [5000, 5001, 1, 4, { first: 5000, count: 0 }],
  ])('of ports %i to %i for slot %i of %i', (first, last, slot, slots, slice) => {
    expect(sliceOf(first, last, slot, slots)).toEqual(slice);
  });

  it('is cut further by shards', () => {
    const slice = { first: 1024, count: 10 };
    expect(shardSliceOf(slice, undefined)).toBe(slice);
    const parts = [0, 1, 2].map((index) => shardSliceOf(slice, { index, count: 3 }));
    expect(parts).toEqual([
      { first: 1024, count: 3 },
      { first: 1027, count: 3 },
      { first: 1030, count: 4 },
    ]);
  });
});

describe('what is in a pool', () => {
  const two = pool([entry('192.0.2.0/31', 1024, 2047, { protocols: ['udp'] }), entry('198.51.100.9/32', 1, 9)], {
    slot: 2,
    slots: 2,
  });

  it.each<[number, string, number, boolean, boolean]>([
    // Ports of all nodes are in it; this node allocates from the upper half.
    [UDP, '192.0.2.0', 1024, true, false],
    [UDP, '192.0.2.1', 2047, true, true],
    [UDP, '192.0.2.1', 1535, true, false],
    [UDP, '192.0.2.1', 1536, true, true],
    [UDP, '192.0.2.1', 2048, false, false],
    [UDP, '192.0.2.1', 1023, false, false],
    [UDP, '192.0.2.2', 1536, false, false],
    [UDP, '192.0.1.255', 1536, false, false],
    [TCP, '192.0.2.1', 1536, false, false],
    [ICMP, '198.51.100.9', 1, true, false],
    [TCP, '198.51.100.9', 9, true, true],
    [TCP, '198.51.100.9', 5, true, true],
    [TCP, '198.51.100.9', 4, true, false],
    [TCP, '198.51.100.9', 10, false, false],
  ])('protocol %i, %s port %i: in it %s, allocated here %s', (protocol, address, port, inside, here) => {
    expect([two.contains(protocol, v4(address), port), two.allocates(protocol, v4(address), port)]).toEqual([
      inside,
      here,
    ]);
  });

  it('has so many ports of each protocol', () => {
    expect([two.capacity(UDP), two.capacity(TCP), two.capacity(47)]).toEqual([2 * 512 + 5, 5, 0]);
    expect(two.slices.map(({ entry: index, slot, size, shared }) => [index, slot, size, shared])).toEqual([
      [0, 2, 1024, true],
      [1, 2, 5, true],
    ]);
  });

  it('is nothing to allocate from where no slice is this node’s', () => {
    expect([two.withoutSlice, pool([entry('192.0.2.0/32', 1, 9)], { slices: [] }).withoutSlice]).toEqual([false, true]);
    expect(pool([entry('192.0.2.0/32', 1, 9)], { slices: [] }).allocate(bib(), UDP, client('2001:db8::1'), 0)).toBe(
      false,
    );
  });

  it('keeps the addresses of the pools before it, for what has a mapping there', () => {
    const first = pool([entry('192.0.2.0/30', 1, 9), entry('198.51.100.0/32', 1, 9)]);
    const second = pool([entry('192.0.2.0/31', 1, 9)], {}, first);
    const third = pool([entry('203.0.113.1/32', 1, 9), entry('192.0.2.0/29', 1, 9)], {}, second);
    const has = (one: Pool4, text: string): [boolean, boolean] => [
      one.hasAddress(v4(text)),
      one.containsAddress(v4(text)),
    ];
    expect([has(second, '192.0.2.1'), has(second, '192.0.2.2'), has(second, '198.51.100.0')]).toEqual([
      [true, true],
      [false, true],
      [false, true],
    ]);
    expect([has(second, '192.0.2.4'), has(second, '192.0.1.255'), has(second, '198.51.100.1')]).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect([has(third, '192.0.2.7'), has(third, '198.51.100.0')]).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('is no pool without a prefix', () => {
    expect(() => pool([entry('x/32', 1, 9)])).toThrow('pool4 x/32: not an IPv4 prefix');
  });
});

describe('an allocation', () => {
  const one = client('2001:db8:0:1::1');
  const other = client('2001:db8:0:2::1');

  it('is of an entry that serves the client and the protocol', () => {
    const served = pool([
      entry('192.0.2.1/32', 10, 19, { clients: ['2001:db8:0:2::/64'] }),
      entry('192.0.2.2/32', 20, 29, { protocols: ['tcp'] }),
      entry('192.0.2.3/32', 30, 39),
    ]);
    const table = bib();
    expect([served.allocate(table, UDP, one, 0), served.address]).toEqual([true, v4('192.0.2.3')]);
    expect(served.port).toBeGreaterThanOrEqual(30);
    expect(served.port).toBeLessThanOrEqual(39);
    expect([served.allocate(table, UDP, other, 0), served.address]).toEqual([true, v4('192.0.2.1')]);
    expect([served.allocate(table, TCP, one, 0), served.address]).toEqual([true, v4('192.0.2.2')]);
    // The address of the client may lie anywhere in a buffer.
    const packet = new Uint8Array(40);
    packet.set(other, 8);
    expect([served.allocate(table, ICMP, packet, 8), served.address]).toEqual([true, v4('192.0.2.1')]);
  });

  it('that is only looked up is the next one that is made', () => {
    const pool4 = pool([entry('192.0.2.0/28', 1024, 65_535)]);
    const table = bib();
    const found: [number, number][] = [];
    for (let count = 0; count < 20; count++) {
      expect(pool4.peek(table, UDP, one, 0)).toBe(true);
      const [address, port] = [pool4.address, pool4.port];
      expect(pool4.allocate(table, UDP, one, 0)).toBe(true);
      expect([pool4.address, pool4.port]).toEqual([address, port]);
      found.push([address, port]);
      table.ports.take(UDP, address, port);
    }
    // One address, and ports that do not follow one another.
    expect(new Set(found.map(([address]) => address)).size).toBe(1);
    const steps = found.slice(1).map(([, port], index) => port - (found[index]?.[1] ?? 0));
    expect(new Set(steps).size).toBeGreaterThan(15);
  });

  it('fails until a port is given back', () => {
    const pool4 = pool([entry('192.0.2.0/31', 100, 101)]);
    const table = bib();
    for (let count = 0; count < 4; count++) {
      expect(pool4.allocate(table, UDP, one, 0)).toBe(true);
      table.ports.take(UDP, pool4.address, pool4.port);
    }
    expect([pool4.allocate(table, UDP, one, 0), pool4.allocate(table, TCP, one, 0)]).toEqual([false, true]);
    table.ports.give(UDP, v4('192.0.2.1'), 101);
    expect([pool4.allocate(table, UDP, one, 0), pool4.address, pool4.port]).toEqual([true, v4('192.0.2.1'), 101]);
  });

  it('of a port that is named is made where the client may have it and nobody does', () => {
    const pool4 = pool([entry('192.0.2.1/32', 100, 199, { clients: ['2001:db8:0:1::/64'] })], { slot: 1, slots: 2 });
    const table = bib();
    const claim = (address: string, port: number, who = one, protocol = UDP): boolean =>
      pool4.claim(table, protocol, v4(address), port, who, 0);
    expect([claim('192.0.2.1', 100), pool4.address, pool4.port]).toEqual([true, v4('192.0.2.1'), 100]);
    expect([claim('192.0.2.1', 149), claim('192.0.2.1', 150), claim('192.0.2.1', 99)]).toEqual([true, false, false]);
    expect([claim('192.0.2.2', 100), claim('192.0.2.0', 100), claim('192.0.2.1', 100, other)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(claim('192.0.2.1', 100, one, 47)).toBe(false);
    table.create(UDP, 1, 2, 3, 4, 5, v4('192.0.2.1'), 120, true);
    expect([claim('192.0.2.1', 120), claim('192.0.2.1', 120, one, TCP)]).toEqual([false, true]);
    expect(pool4.mayGive(UDP, v4('192.0.2.1'), 120, one, 0)).toBe(true);
    expect(pool4.claim(bib(16), UDP, v4('192.0.2.1'), 100, one, 0)).toBe(false);
  });

  it('begins with ports that only the client can have', () => {
    const own = entry('192.0.2.0/31', 1000, 1099, { clients: ['2001:db8::/63'], assignment: 'deterministic' });
    const pool4 = pool([entry('198.51.100.0/32', 1, 9), own], {
      limits: { ...OPTIONS.limits, clientPrefixLength: 64 },
    });
    const table = bib();
    const first = client('2001:db8::5');
    expect([pool4.allocate(table, UDP, first, 0), pool4.address]).toEqual([true, v4('192.0.2.0')]);
    expect([pool4.allocate(table, UDP, client('2001:db8:0:1::5'), 0), pool4.address]).toEqual([true, v4('192.0.2.1')]);
    expect([pool4.allocate(table, UDP, one.with(7, 9), 0), pool4.address]).toEqual([true, v4('198.51.100.0')]);
    expect(pool4.mayGive(UDP, v4('192.0.2.0'), 1050, first, 0)).toBe(true);
    expect(pool4.mayGive(UDP, v4('192.0.2.1'), 1050, first, 0)).toBe(false);
    const supply = new Supply();
    expect(pool4.supply(table, UDP, first, 0, supply)).toMatchObject({ size: Infinity, free: Infinity });
    for (let port = 1000; port <= 1099; port++) table.ports.take(UDP, v4('192.0.2.0'), port);
    // Its own are all taken: what is shared is left.
    expect(pool4.supply(table, UDP, first, 0, supply)).toMatchObject({ size: 9, free: 9 });
    expect([pool4.allocate(table, UDP, first, 0), pool4.address]).toEqual([true, v4('198.51.100.0')]);
  });
});

describe('an allocation of a client that has a block of ports', () => {
  it.each(['192.0.2.0', '192.0.2.1', '192.0.2.2', '192.0.2.3'])('opens the next one on its address: %s', (address) => {
    const pool4 = pool([
      entry('198.51.100.0/30', 1024, 2047, { protocols: ['tcp'] }),
      entry('192.0.2.0/30', 1024, 2047),
    ]);
    const table = bib(16);
    table.ports.watch(pool4.slices);
    table.enterBlock(table.create(UDP, 0x20010db8, 1, 0, 1, 5000, v4(address), 1024));
    const one = client('2001:db8:0:1::1');
    expect([pool4.allocate(table, UDP, one, 0), pool4.address]).toEqual([true, v4(address)]);
    expect(pool4.port).toBeLessThan(1040);
    for (let port = 1025; port < 1040; port++) table.ports.take(UDP, v4(address), port);
    expect([pool4.allocate(table, UDP, one, 0), pool4.address]).toEqual([true, v4(address)]);
    expect(pool4.port).toBeGreaterThanOrEqual(1040);
  });
});

describe('an allocation from ports of one’s own', () => {
  const one = client('2001:db8::5');
  const own = (first: number, last: number, clients: string): Pool4 =>
    pool([entry('192.0.2.0/32', first, last, { clients: [clients], assignment: 'deterministic' })], {
      limits: { ...OPTIONS.limits, clientPrefixLength: 64 },
    });

  it('is of each of them, the first and the last too, and of none beside them', () => {
    const pool4 = own(1000, 1099, '2001:db8::/63');
    const given = (port: number, who: Uint8Array): boolean => pool4.mayGive(UDP, v4('192.0.2.0'), port, who, 0);
    const second = one.with(7, 1);
    expect([999, 1000, 1049, 1050, 1099, 1100].map((port) => [given(port, one), given(port, second)])).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [false, true],
      [false, true],
      [false, false],
    ]);
    expect(given(1000, client('2001:db9::5'))).toBe(false);
  });

  it('is none where there are more clients than ports', () => {
    const pool4 = own(1000, 1099, '2001:db8::/56');
    const table = bib();
    expect(pool4.allocate(table, UDP, one, 0)).toBe(false);
    expect(pool4.supply(table, UDP, one, 0, new Supply())).toMatchObject({ size: 0, free: 0 });
    expect(pool4.mayGive(UDP, v4('192.0.2.0'), 1000, one, 0)).toBe(false);
  });
});

describe('identifier 0, which an echo message may have', () => {
  const one = client('2001:db8::5');

  it.each([
    ['alone in a pool', [entry('192.0.2.0/32', 0, 0)], 0],
    ['alone in a block', [entry('192.0.2.0/32', 0, 15)], 16],
    [
      'alone a client’s own',
      [entry('192.0.2.0/32', 0, 1, { clients: ['2001:db8::/63'], assignment: 'deterministic' })],
      0,
    ],
  ] satisfies [string, Pool4Entry[], number][])('is given like any other: %s', (_, entries, size) => {
    const pool4 = pool(entries, { limits: { ...OPTIONS.limits, clientPrefixLength: 64 } });
    const table = bib(size);
    // Taken and given back, so that there is a table of the address's ports to search.
    for (let port = 0; port < Math.max(1, size); port++) table.ports.take(ICMP, v4('192.0.2.0'), port);
    table.ports.give(ICMP, v4('192.0.2.0'), 0);
    expect(pool4.peek(table, ICMP, one, 0)).toBe(true);
    expect([pool4.allocate(table, ICMP, one, 0), pool4.address, pool4.port]).toEqual([true, v4('192.0.2.0'), 0]);
  });
});

describe('the supply of a client', () => {
  it('is of the entries that serve it, and what is taken of them is no more in it', () => {
    const pool4 = pool([
      entry('192.0.2.0/31', 100, 109),
      entry('192.0.2.9/32', 100, 104, { clients: ['2001:db8:0:2::/64'] }),
    ]);
    const table = bib();
    table.ports.watch(pool4.slices);
    const supply = new Supply();
    const of = (text: string, protocol = UDP): [number, number] => {
      const { size, free } = pool4.supply(table, protocol, client(text), 0, supply);
      return [size, free];
    };
    expect([of('2001:db8:0:1::1'), of('2001:db8:0:2::1'), of('2001:db8::', 47)]).toEqual([
      [20, 20],
      [25, 25],
      [0, 0],
    ]);
    table.ports.take(UDP, v4('192.0.2.1'), 100);
    table.ports.take(UDP, v4('192.0.2.9'), 104);
    table.ports.take(UDP, v4('192.0.2.9'), 105);
    expect([of('2001:db8:0:1::1'), of('2001:db8:0:2::1'), of('2001:db8:0:2::1', TCP)]).toEqual([
      [20, 19],
      [25, 23],
      [25, 25],
    ]);
    table.ports.give(UDP, v4('192.0.2.9'), 104);
    table.ports.give(UDP, v4('192.0.2.9'), 104);
    expect(of('2001:db8:0:2::1')).toEqual([25, 24]);
  });
});

describe('static entries', () => {
  const STATIC = { protocol: 'tcp', v6: '2001:db8:0:1::1', port6: 80, v4: '192.0.2.1', port4: 8080 } as const;

  it('are put into the table of bindings, but not where a port has one already', () => {
    const table = bib();
    addStaticEntries({ ...OPTIONS, static: [STATIC, { ...STATIC, v6: '2001:db8::2' }] }, table);
    expect(table.count).toBe(1);
    const slot = table.findByPool4(TCP, v4('192.0.2.1'), 8080);
    expect(slot).toBeGreaterThanOrEqual(0);
    expect([...table.client.subarray(4 * slot, 4 * slot + 4)]).toEqual([0x20010db8, 1, 0, 1]);
    expect([table.clientPort[slot], table.protocol[slot]]).toEqual([80, TCP]);
    expect(table.findByPool4(UDP, v4('192.0.2.1'), 8080)).toBe(-1);
    addStaticEntries({ ...OPTIONS, static: [{ ...STATIC, protocol: 'udp', v4: 'x' }] }, table);
    addStaticEntries({ ...OPTIONS, static: [{ ...STATIC, protocol: 'udp', v6: 'x' }] }, table);
    expect(table.count).toBe(1);
  });

  it('are in the shard of their client only', () => {
    const counts = [0, 1, 2, 3].map((index) => {
      const table = bib();
      addStaticEntries({ ...OPTIONS, shard: { index, count: 4 }, static: [STATIC] }, table);
      return table.count;
    });
    expect(counts.toSorted((one, two) => one - two)).toEqual([0, 0, 0, 1]);
  });
});
