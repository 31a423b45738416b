import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FlowHash } from '../../../src/fastpath/flow-hash.ts';
import { FlowLine, FlowTable, placesOf, PROBES, QUARANTINE_MS } from '../../../src/fastpath/flow-table.ts';
import { FLOW, FLOW_SIZE } from '../../../src/fastpath/layout.ts';

const asRoot = process.getuid?.() === 0;
const UDP = 17;

/** A flow of the IPv4 side that is known by one number. */
function lineOf(number: number): FlowLine {
  const line = new FlowLine();
  line.protocol = UDP;
  line.view.setUint32(FLOW.server4, number);
  line.view.setUint16(FLOW.newPort, number & 0xffff);
  return line;
}

/** Every flow has the first place. */
function hashToNothing(): FlowHash {
  return new FlowHash(new Uint32Array(16));
}

describe.runIf(asRoot)('a table of flows', () => {
  const tables: FlowTable[] = [];
  function tableOf(flows: number, hash?: FlowHash): FlowTable {
    const table = new FlowTable('from4', flows, 'test', hash);
    tables.push(table);
    return table;
  }
  afterEach(() => {
    for (const table of tables.splice(0)) table.close();
  });

  it('has a place for as many flows as collide, and refuses the next one', () => {
    const table = tableOf(64, hashToNothing());
    for (let number = 0; number < PROBES; number++) expect(table.enter(lineOf(number), 5000)).toBe(true);
    expect(table.enter(lineOf(PROBES), 5000)).toBe(false);
    expect(table.find(lineOf(PROBES))).toBe(-1);
    expect(Array.from({ length: PROBES }, (_, number) => table.find(lineOf(number)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('gives a place again only when no run of the program can be reading it any more', () => {
    const table = tableOf(64, hashToNothing());
    for (let number = 0; number < PROBES; number++) table.enter(lineOf(number), 5000);
    table.remove(table.find(lineOf(3)), 6000);
    expect(table.find(lineOf(3))).toBe(-1);
    expect(table.find(lineOf(7))).toBe(7);
    expect(table.enter(lineOf(99), 6000 + QUARANTINE_MS - 1)).toBe(false);
    expect(table.enter(lineOf(99), 6000 + QUARANTINE_MS)).toBe(true);
    expect(table.find(lineOf(99))).toBe(3);
  });

  it('does the same when its clock goes over 2^32 ms', () => {
    const table = tableOf(64, hashToNothing());
    const nowMs = 2 ** 32 - 10;
    for (let number = 0; number < PROBES; number++) table.enter(lineOf(number), nowMs);
    table.remove(0, nowMs);
    expect(table.enter(lineOf(99), nowMs + QUARANTINE_MS - 1)).toBe(false);
    expect(table.enter(lineOf(99), nowMs + QUARANTINE_MS)).toBe(true);
  });

  it('says another incarnation of the next flow at a place', () => {
    const table = tableOf(64, hashToNothing());
    table.enter(lineOf(1), 5000);
    const word = table.wordAt(0, FLOW.word);
    table.remove(0, 5000);
    table.enter(lineOf(1), 5000 + QUARANTINE_MS);
    expect(table.wordAt(0, FLOW.word)).not.toBe(word);
    expect(table.wordAt(0, FLOW.word) & 0xffff).toBe(word & 0xffff);
  });

  it('ends a search as early as before when what made it longer has left', () => {
    const table = tableOf(64, hashToNothing());
    for (let number = 0; number < 3; number++) table.enter(lineOf(number), 5000);
    for (const place of [1, 0, 2]) table.remove(place, 5000);
    expect([0, 1, 2].map((place) => table.wordAt(place, FLOW.word))).toEqual([0, 0, 0]);
  });

  it('reads counts that are larger than 32 bits', () => {
    const table = tableOf(64, hashToNothing());
    table.enter(lineOf(1), 5000);
    new DataView(table.memory).setBigUint64(FLOW.bytes, 2n ** 40n + 7n, true);
    expect(table.countAt(0, FLOW.bytes)).toBe(2 ** 40 + 7);
  });

  it.each([1, 4, 256, 7919, 0x10001])('places nearly all flows that it is made for, %i apart', (step) => {
    const flows = 16_384;
    const table = tableOf(flows);
    let placed = 0;
    for (let number = 0; number < flows; number++) if (table.enter(lineOf(number * step), 5000)) placed += 1;
    expect(placed / flows).toBeGreaterThan(0.97);
  });

  it('keeps what a map would keep, over any entering, leaving and waiting', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('enter' as const), number: fc.nat(40) }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), number: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), number: fc.nat(2 * QUARANTINE_MS) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        // 16 first places for up to 41 flows: runs of full places grow into each other.
        const table = tableOf(8);
        const model = new Map<number, number>();
        const leftMs = new Map<number, number>();
        let nowMs = 10_000;
        for (const { kind, number } of steps) {
          if (kind === 'wait') nowMs += number;
          else if (kind === 'enter') {
            if (model.has(number) || !table.enter(lineOf(number), nowMs)) continue;
            const place = table.find(lineOf(number));
            expect([...model.values()]).not.toContain(place);
            expect(nowMs - (leftMs.get(place) ?? 0)).toBeGreaterThanOrEqual(QUARANTINE_MS);
            model.set(number, place);
          } else {
            const place = model.get(number);
            if (place === undefined) continue;
            table.remove(place, nowMs);
            model.delete(number);
            leftMs.set(place, nowMs);
          }
          for (let one = 0; one <= 40; one++) expect(table.find(lineOf(one))).toBe(model.get(one) ?? -1);
        }
        expect(table.memory.byteLength).toBe(placesOf(table.bits) * FLOW_SIZE);
        table.close();
        tables.pop();
      }),
      { numRuns: 100 },
    );
  });
});
