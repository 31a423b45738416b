import { describe, expect, it } from 'vitest';
import { NatEvents } from '../../../../../src/translator/nat64/nat-events.ts';
import { BibTable } from '../../../../../src/translator/nat64/tables/bib-table.ts';
import { OPTIONS } from '../bench-of-one.ts';

const [TCP, UDP] = [6, 17];
const POOL4 = 0xc0000201;
/** 2001:db8::N */
const [A, B, C] = [0x20010db8, 0, 0];

function table(bibEntries: number): BibTable {
  return new BibTable({ ...OPTIONS.limits, bibEntries }, 7, 0, new NatEvents('off'));
}

/** The entry of 2001:db8::N port 1000 on port 2000 + N. */
function enter(entries: BibTable, number: number): number {
  return entries.create(UDP, A, B, C, number, 1000, POOL4, 2000 + number);
}

/** Entries of clients 0, 1, … that are held since then: the first one for the longest. */
function filled(count: number): BibTable {
  const entries = table(count);
  for (let number = 0; number < count; number++) entries.hold(enter(entries, number), 1000 + number);
  return entries;
}

const isHeldFor = (entries: BibTable, number: number): boolean =>
  entries.findHeldByClient(UDP, A, B, C, number, 1000) >= 0;

describe('a full table of bindings', () => {
  it('takes no more entries, and none of those that are in use gives way', () => {
    const entries = table(4);
    const slots = [0, 1, 2, 3].map((number) => enter(entries, number));
    expect(new Set(slots).size).toBe(4);
    expect([entries.hasRoom, enter(entries, 4), entries.count]).toEqual([false, -1, 4]);
    expect(entries.findByClient(UDP, A, B, C, 4, 1000)).toBe(-1);
    // Its port is nobody's either.
    expect(entries.ports.findFree(UDP, POOL4, 2004, 1, 0)).toBe(2004);
  });

  it('frees the port that has been held for the longest before its time', () => {
    const entries = filled(4);
    expect([entries.hasRoom, entries.count]).toEqual([true, 0]);
    const slot = enter(entries, 7);
    expect([slot >= 0, entries.count]).toEqual([true, 1]);
    expect([0, 1, 2, 3].map((number) => isHeldFor(entries, number))).toEqual([false, true, true, true]);
    expect([entries.findByPool4(UDP, POOL4, 2000), entries.findByPool4(UDP, POOL4, 2007)]).toEqual([-1, slot]);
    enter(entries, 8);
    expect([0, 1, 2, 3].map((number) => isHeldFor(entries, number))).toEqual([false, false, true, true]);
  });

  it('does not free what a node that is out of sight may be translating by', () => {
    const entries = filled(4);
    for (const number of [0, 1, 3]) entries.share(entries.findHeldByClient(UDP, A, B, C, number, 1000));
    entries.keepShared = true;
    expect(entries.hasRoom).toBe(true);
    expect(enter(entries, 7)).toBeGreaterThanOrEqual(0);
    expect([0, 1, 2, 3].map((number) => isHeldFor(entries, number))).toEqual([true, true, false, true]);
    expect([entries.hasRoom, enter(entries, 8)]).toEqual([false, -1]);
    entries.keepShared = false;
    expect(entries.hasRoom).toBe(true);
    expect(enter(entries, 8)).toBeGreaterThanOrEqual(0);
    expect(isHeldFor(entries, 0)).toBe(false);
  });

  it('looks at 16 held entries for that, however many there are', () => {
    for (const [shared, room] of [
      [15, true],
      [16, false],
    ] as const) {
      const entries = filled(40);
      for (let number = 0; number < shared; number++) {
        entries.share(entries.findHeldByClient(UDP, A, B, C, number, 1000));
      }
      entries.keepShared = true;
      expect([entries.hasRoom, enter(entries, 77) >= 0]).toEqual([room, room]);
      expect(isHeldFor(entries, 15)).toBe(!room);
    }
  });
});

describe('held entries', () => {
  it('come up in the order in which they were held, each when its time is up', () => {
    const entries = filled(3);
    const slots = [0, 1, 2].map((number) => entries.findHeldByClient(UDP, A, B, C, number, 1000));
    expect([entries.oldestHeld(500, 1499), entries.oldestHeld(500, 1500)]).toEqual([-1, slots[0]]);
    // Held for another while: it is the last one now.
    entries.holdAgain(slots[0] ?? -1, 1500);
    expect([entries.oldestHeld(500, 1500), entries.oldestHeld(500, 1501)]).toEqual([-1, slots[1]]);
    entries.releaseHeld(slots[1] ?? -1);
    expect(entries.oldestHeld(0, 9000)).toBe(slots[2]);
    entries.releaseHeld(slots[2] ?? -1);
    expect([entries.oldestHeld(500, 1999), entries.oldestHeld(500, 2000)]).toEqual([-1, slots[0]]);
    entries.releaseHeld(slots[0] ?? -1);
    expect(entries.oldestHeld(0, 9000)).toBe(-1);
  });

  it('keep their order when one in the middle, or the last one, goes back to its client', () => {
    for (const back of [1, 2, 0]) {
      const entries = filled(3);
      const slots = [0, 1, 2].map((number) => entries.findHeldByClient(UDP, A, B, C, number, 1000));
      entries.revive(slots[back] ?? -1);
      expect([entries.count, entries.findByClient(UDP, A, B, C, back, 1000)]).toEqual([1, slots[back]]);
      expect([isHeldFor(entries, back), entries.isHeld(slots[back] ?? -1), entries.isLive(slots[back] ?? -1)]).toEqual([
        false,
        false,
        true,
      ]);
      const released: number[] = [];
      entries.hold(slots[back] ?? -1, 2000);
      for (let oldest = entries.oldestHeld(0, 9000); oldest >= 0; oldest = entries.oldestHeld(0, 9000)) {
        released.push(slots.indexOf(oldest));
        entries.releaseHeld(oldest);
      }
      expect(released).toEqual([...[0, 1, 2].filter((number) => number !== back), back]);
    }
  });

  it('are not found as live ones, and keep their port from others until they are released', () => {
    const entries = table(4);
    const slot = enter(entries, 1);
    expect([entries.isLive(slot), entries.isHeld(slot), isHeldFor(entries, 1)]).toEqual([true, false, false]);
    entries.hold(slot, 0);
    expect([entries.isLive(slot), entries.isHeld(slot), isHeldFor(entries, 1)]).toEqual([false, true, true]);
    expect([entries.findByClient(UDP, A, B, C, 1, 1000), entries.findByPool4(UDP, POOL4, 2001)]).toEqual([-1, slot]);
    expect(entries.ports.findFree(UDP, POOL4, 2001, 1, 0)).toBe(-1);
    entries.releaseHeld(slot);
    expect([entries.isHeld(slot), isHeldFor(entries, 1), entries.findByPool4(UDP, POOL4, 2001)]).toEqual([
      false,
      false,
      -1,
    ]);
    expect(entries.ports.findFree(UDP, POOL4, 2001, 1, 0)).toBe(2001);
  });
});

describe('ports of this node’s slices', () => {
  it('count for their client while they are in use, and again when they have gone back to it', () => {
    for (const own of [true, false]) {
      const entries = table(4);
      const slice = { first: own ? 2000 : 5000, count: 100 };
      const pool = { entry: 0, slot: 1, protocols: [UDP], address: POOL4, addresses: 1, size: 100, shared: true };
      entries.ports.watch([{ ...pool, slice, taken: new Int32Array(1) }]);
      const slot = enter(entries, 1);
      const ports = (): number => entries.clients.holdings(A, B, C, 1).client.ports;
      const counts = [ports()];
      entries.hold(slot, 0);
      counts.push(ports());
      entries.revive(slot);
      counts.push(ports());
      entries.hold(slot, 0);
      counts.push(ports());
      expect(counts).toEqual(own ? [1, 0, 1, 0] : [0, 0, 0, 0]);
    }
  });
});

describe('entries whose keys have the same hash', () => {
  it('are told apart by each part of the address of the client, its port and its protocol', () => {
    const key = [TCP, 1, 2, 3, 4, 5] as const;
    const others = key.map((_, place) => key.map((value, index) => (index === place ? value + 60 : value)));
    for (const [protocol = 0, a = 0, b = 0, c = 0, d = 0, port = 0] of others) {
      const entries = table(8);
      const hash = entries.hashOfClient(...key);
      const other = entries.create(protocol, a, b, c, d, port, POOL4, 1, false, hash);
      expect(entries.findByClient(...key)).toBe(-1);
      const own = entries.create(TCP, 1, 2, 3, 4, 5, POOL4, 2, false, hash);
      expect([entries.findByClient(...key), own === other]).toEqual([own, false]);
    }
  });

  it('are told apart by pool4 address, port and protocol', () => {
    const entries = table(8);
    const places = [
      [TCP, POOL4, 1],
      [UDP, POOL4, 1],
      [TCP, POOL4 + 1, 1],
      [TCP, POOL4, 2],
    ] as const;
    const slots = places.map(([protocol, address, port], index) =>
      entries.create(protocol, 1, 2, 3, index, 5, address, port, false, undefined, 99),
    );
    expect(places.map(([protocol, address, port]) => entries.findPool4(99, protocol, address, port))).toEqual(slots);
    expect(entries.findPool4(99, UDP, POOL4, 2)).toBe(-1);
    expect(entries.findPool4(98, TCP, POOL4, 1)).toBe(-1);
  });
});

describe('an entry', () => {
  it('has the address of its client in network order, for logs and packets', () => {
    const entries = table(4);
    enter(entries, 1);
    const slot = entries.create(TCP, 0x20010db8, 0xfedcba98, 0x01020304, 0x8899aabb, 7, POOL4, 9);
    const bytes = new Uint8Array(20).fill(0xee);
    entries.writeClient(slot, bytes, 2);
    expect([...bytes]).toEqual([
      0xee, 0xee, 0x20, 0x01, 0x0d, 0xb8, 0xfe, 0xdc, 0xba, 0x98, 0x01, 0x02, 0x03, 0x04, 0x88, 0x99, 0xaa, 0xbb, 0xee,
      0xee,
    ]);
  });

  it('that is static says so, and others do not', () => {
    const entries = table(4);
    const fixed = entries.create(TCP, 1, 2, 3, 4, 5, POOL4, 1, true);
    expect([entries.isStatic(fixed), entries.isStatic(enter(entries, 1))]).toEqual([true, false]);
  });
});
