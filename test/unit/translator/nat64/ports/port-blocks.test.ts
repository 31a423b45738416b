import { describe, expect, it } from 'vitest';
import { NAT_EVENT_SIZE, NatEventKind, NatEvents } from '../../../../../src/translator/nat64/nat-events.ts';
import { PoolWatermarks } from '../../../../../src/translator/nat64/ports/pool-watermarks.ts';
import { type BlockRange, PortBlocks } from '../../../../../src/translator/nat64/ports/port-blocks.ts';
import { PortTable, type WatchedPorts } from '../../../../../src/translator/nat64/ports/port-table.ts';

const UDP = 17;
const [ANN, BOB] = [3, 4];
const ADDRESS = 5000;
const RANGE: BlockRange = { address: ADDRESS, addresses: 2, slice: { first: 100, count: 100 } };

describe('blocks of ports', () => {
  it('begin at multiples of their size, within the slice', () => {
    const blocks = new PortBlocks(16);
    const ports = new PortTable();
    const found = new Set<number>();
    for (let start = 0; ; start++) {
      const port = blocks.findUnused(ports, UDP, ADDRESS, RANGE.slice, start);
      if (port < 0) break;
      found.add(port - (port % 16));
      expect(blocks.take(ANN, ADDRESS, port)).toBe(true);
      ports.take(UDP, ADDRESS, port);
    }
    // 96 would begin before the slice, and 192 end behind it.
    expect([...found].toSorted((one, two) => one - two)).toEqual([112, 128, 144, 160, 176]);
    expect(blocks.count).toBe(5);
    expect(blocks.findUnused(ports, UDP, ADDRESS + 1, RANGE.slice, 3)).toBeGreaterThanOrEqual(112);
  });

  it('are none where others have all the ports of a run', () => {
    const blocks = new PortBlocks(16);
    const ports = new PortTable();
    // Of static entries and of replicas, which are in no block.
    for (let port = 112; port < 128; port++) ports.take(UDP, ADDRESS, port);
    for (let start = 0; start < 4; start++) {
      expect(blocks.findUnused(ports, UDP, ADDRESS, { first: 112, count: 16 }, start)).toBe(-1);
      expect(blocks.findUnused(ports, UDP, ADDRESS, { first: 112, count: 32 }, start)).toBeGreaterThanOrEqual(128);
    }
    ports.give(UDP, ADDRESS, 120);
    expect(blocks.findUnused(ports, UDP, ADDRESS, { first: 112, count: 16 }, 0)).toBe(120);
  });

  it('are different ones on every address, however far apart those are', () => {
    const blocks = new PortBlocks(16);
    const places = [0x0a00_0000, 0x0a00_0001, 0x0a10_0000, 0xc000_0200].flatMap((address) =>
      [0, 16, 96, 112, 65_520].map((port) => [address, port] as const),
    );
    expect(places.map(([address, port]) => blocks.take(ANN, address, port))).toEqual(places.map(() => true));
    expect(blocks.count).toBe(20);
    expect(places.map(([address, port]) => blocks.give(address, port + 15))).toEqual(places.map(() => true));
    expect([blocks.count, blocks.addressOf(ANN)]).toEqual([0, -1]);
  });

  it('begin at port 0 too', () => {
    const blocks = new PortBlocks(16);
    const ports = new PortTable();
    const slice = { first: 0, count: 16 };
    expect(blocks.findUnused(ports, UDP, ADDRESS, slice, 0)).toBe(0);
    blocks.take(ANN, ADDRESS, 1);
    ports.take(UDP, ADDRESS, 1);
    expect(blocks.findFree(ports, UDP, ANN, { ...RANGE, slice }, 0)).toBe(0);
  });

  it('are their client’s, and looked through before others are opened', () => {
    const blocks = new PortBlocks(16);
    const ports = new PortTable();
    expect(blocks.addressOf(ANN)).toBe(-1);
    expect(blocks.findFree(ports, UDP, ANN, RANGE, 0)).toBe(-1);
    blocks.take(ANN, ADDRESS + 1, 112);
    ports.take(UDP, ADDRESS + 1, 112);
    expect([blocks.addressOf(ANN), blocks.addressOf(BOB)]).toEqual([ADDRESS + 1, -1]);
    expect([blocks.findFree(ports, UDP, ANN, RANGE, 0), blocks.address]).toEqual([113, ADDRESS + 1]);
    expect(blocks.findFree(ports, UDP, ANN, RANGE, 21)).toBe(117);
    expect(blocks.findFree(ports, UDP, BOB, RANGE, 0)).toBe(-1);
    // Of another range of the pool it is none.
    expect(blocks.findFree(ports, UDP, ANN, { ...RANGE, addresses: 1 }, 0)).toBe(-1);
    expect(blocks.findFree(ports, UDP, ANN, { ...RANGE, address: ADDRESS + 2 }, 0)).toBe(-1);
    expect(blocks.findFree(ports, UDP, ANN, { ...RANGE, slice: { first: 113, count: 99 } }, 0)).toBe(-1);
    expect(blocks.findFree(ports, UDP, ANN, { ...RANGE, slice: { first: 100, count: 12 } }, 0)).toBe(-1);
    for (let port = 112; port < 128; port++) ports.take(UDP, ADDRESS + 1, port);
    expect(blocks.findFree(ports, UDP, ANN, RANGE, 0)).toBe(-1);
    expect(blocks.findUnused(ports, UDP, ADDRESS + 1, { first: 112, count: 16 }, 0)).toBe(-1);
  });

  it('close with their last port, and not before', () => {
    const blocks = new PortBlocks(16);
    expect([blocks.take(ANN, ADDRESS, 112), blocks.take(ANN, ADDRESS, 113), blocks.take(ANN, ADDRESS, 130)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([blocks.give(ADDRESS, 112), blocks.closings]).toEqual([false, 0]);
    expect([blocks.give(ADDRESS, 113), blocks.closings, blocks.count]).toEqual([true, 1, 1]);
    expect([blocks.give(ADDRESS, 113), blocks.give(ADDRESS + 1, 130), blocks.closings]).toEqual([false, false, 1]);
    expect(blocks.addressOf(ANN)).toBe(ADDRESS);
    expect([blocks.give(ADDRESS, 130), blocks.addressOf(ANN)]).toEqual([true, -1]);
  });

  it('of a client that has left close by themselves, or are its own again', () => {
    const blocks = new PortBlocks(16);
    const ports = new PortTable();
    blocks.take(ANN, ADDRESS, 112);
    blocks.take(ANN, ADDRESS, 130);
    blocks.forget(ANN);
    expect([blocks.addressOf(ANN), blocks.count]).toEqual([-1, 2]);
    // Held ports keep them from others.
    expect(blocks.findUnused(ports, UDP, ADDRESS, { first: 112, count: 32 }, 0)).toBe(-1);
    blocks.rejoin(BOB, ADDRESS, 115);
    expect([blocks.addressOf(BOB), blocks.findFree(ports, UDP, BOB, RANGE, 0)]).toEqual([ADDRESS, 112]);
    // It has a client by now.
    blocks.rejoin(ANN, ADDRESS, 115);
    blocks.rejoin(ANN, ADDRESS, 160);
    expect(blocks.addressOf(ANN)).toBe(-1);
    expect([blocks.give(ADDRESS, 130), blocks.give(ADDRESS, 112), blocks.count]).toEqual([true, true, 0]);
    expect(blocks.addressOf(BOB)).toBe(-1);
    blocks.forget(BOB);
    expect(blocks.findUnused(ports, UDP, ADDRESS, { first: 112, count: 32 }, 0)).toBeGreaterThanOrEqual(112);
  });
});

describe('watermarks of a pool', () => {
  function watched(size: number): WatchedPorts {
    const slice = { first: 1024, count: size };
    const taken = new Int32Array(2);
    return { entry: 0, slot: 1, protocols: [6, UDP], address: 77, addresses: 1, slice, size, shared: true, taken };
  }

  class Marks {
    readonly events = new NatEvents('off');
    readonly marks = new PoolWatermarks({ high: 80, low: 50 }, this.events);

    /** What is reported by now: kind, protocol, percent. */
    get reported(): [number, number, number][] {
      const out = new Uint8Array(16 * NAT_EVENT_SIZE);
      const count = this.events.take(out, 0, 16, 0);
      return Array.from({ length: count }, (_, index) => {
        const view = new DataView(out.buffer, index * NAT_EVENT_SIZE, NAT_EVENT_SIZE);
        if (view.getUint32(8) !== 77 || view.getUint16(2) !== 1024) throw new Error('not of this pool');
        return [view.getUint8(0), view.getUint8(1), view.getUint32(40)];
      });
    }
  }

  it('are reported when they are reached, and again only after the other one', () => {
    const bench = new Marks();
    const ports = watched(10);
    const at = (used: number, nowMs: number): [number, number, number][] => {
      ports.taken[1] = used;
      bench.marks.tick([ports], nowMs);
      return bench.reported;
    };
    const all = [ports];
    ports.taken[1] = 7;
    bench.marks.tick(all, 0);
    expect(bench.reported).toEqual([]);
    ports.taken[1] = 8;
    bench.marks.tick(all, 999);
    expect(bench.reported).toEqual([]);
    bench.marks.tick(all, 1000);
    expect(bench.reported).toEqual([[NatEventKind.poolHigh, UDP, 80]]);
    ports.taken[1] = 6;
    bench.marks.tick(all, 2000);
    ports.taken[1] = 9;
    bench.marks.tick(all, 3000);
    expect(bench.reported).toEqual([]);
    ports.taken[1] = 5;
    bench.marks.tick(all, 4000);
    expect(bench.reported).toEqual([[NatEventKind.poolLow, UDP, 50]]);
    [ports.taken[0], ports.taken[1]] = [10, 8];
    bench.marks.tick(all, 5000);
    expect(bench.reported).toEqual([
      [NatEventKind.poolHigh, 6, 100],
      [NatEventKind.poolHigh, UDP, 80],
    ]);
    // A pool that was made anew begins below.
    expect(at(9, 6000)).toEqual([
      [NatEventKind.poolHigh, 6, 100],
      [NatEventKind.poolHigh, UDP, 90],
    ]);
  });

  it('are none without percentages, and without ports', () => {
    const bench = new Marks();
    bench.marks.tick([watched(0)], 0);
    bench.marks.configure(undefined);
    const full = [watched(10)];
    full[0]?.taken.fill(10);
    bench.marks.tick(full, 10_000);
    expect(bench.reported).toEqual([]);
    bench.marks.configure({ high: 100, low: 1 });
    bench.marks.tick(full, 10_001);
    expect(bench.reported).toHaveLength(2);
  });
});
